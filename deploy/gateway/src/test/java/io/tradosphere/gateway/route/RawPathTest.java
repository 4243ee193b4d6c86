package io.tradosphere.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.gateway.route.RawPath.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/profiles/../signals",
                "/v1/profiles/..",
                "/v1/profiles/..;x=1/me",
                "/v1/profiles/a..b",
                "/v1/./profiles",
                "/v1/profiles/.",
                "/v1/profiles/.;x",
                "/v1/profiles/%2e%2e/signals",
                "/v1/profiles/%2E./signals",
                "/v1/profiles/.%2e",
                "/v1/profiles/a%2Eb",
                "//v1/profiles",
                "/v1//profiles",
                "/v1/profiles//",
                "/v1/profiles\\..\\q",
                "/v1/profiles/%5c",
                "/v1/profiles/%5C",
                "/v1/profiles/%00",
                "/v1/profiles/%",
                "/v1/profiles/%2",
                "/v1/profiles/%zz",
                "/v1/profiles/%2?x",
                "/v1/profiles/a#b",
                "/v1/profiles/\u00e9",
                "/v1/profiles?q=\u00e9",
                "/v1/profiles/\u007f",
                "/v1/profiles/\u0001",
                "/v1/profiles/[x]",
                "/v1/profiles/{id}",
                "/v1/profiles?q=a|b",
                "/v1/profiles?q=\"a\"",
                "/v1/profiles?q=%zz",
                "/v1/profiles?q=%2"
            })
    void an_ambiguous_path_is_bad(String target) {
        assertThat(RawPath.judge(target, RawPath.endOf(target))).isEqualTo(Verdict.BAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/v1/profiles/q/health", "/internal/v1/profiles", "/v1/profiles/internal/x"})
    void paths_for_operators_and_services_are_hidden(String target) {
        assertThat(RawPath.judge(target, RawPath.endOf(target))).isEqualTo(Verdict.HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1/profiles",
                "/v1/profiles/alice.b",
                "/v1/profiles/.hidden",
                "/v1/profiles/a.",
                "/v1/profiles/q",
                "/v1/watchlists/1/assets/BTC%2FUSD",
                "/v1/profiles/%252e%252e/x",
                "/v1/profiles;v=1/me;x",
                "/v1/profiles?next=/../q/%2e%2e//%00&filter[x]=a",
                "/openapi.json"
            })
    void an_unambiguous_path_is_good(String target) {
        assertThat(RawPath.judge(target, RawPath.endOf(target))).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/profiles?x=1, /v1/profiles?x=1",
        "http://host:8080/v1/profiles?x=1, /v1/profiles?x=1",
        "HTTPS://host/v1/a%2Fb, /v1/a%2Fb",
        "http://host, /"
    })
    void the_absolute_form_means_its_path(String uri, String target) {
        assertThat(RawPath.originForm(uri)).isEqualTo(target);
    }

    @Test
    void neither_an_authority_nor_an_asterisk_is_a_path() {
        assertThat(RawPath.originForm("host:443")).isNull();
        assertThat(RawPath.originForm("*")).isNull();
        assertThat(RawPath.originForm("")).isNull();
    }
}
