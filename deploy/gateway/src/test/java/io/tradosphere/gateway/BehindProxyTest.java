package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway that has been told of a proxy in front of it, and of a web site that may call it. */
@QuarkusTest
@TestProfile(BehindProxyTest.Deployment.class)
@WithTestResource(FakeServices.class)
class BehindProxyTest {

    @TestHTTPResource
    URI base;

    /** How an operator would set it up. */
    public static class Deployment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tradosphere.gateway.trusted-proxies", "10.0.0.0/8,127.0.0.1",
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", "https://app.example");
        }
    }

    @Test
    void the_proxys_word_on_the_client_is_passed_on_with_its_own_address() {
        // When
        var headers = Wire.get(
                        base,
                        "/v1/clans",
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Host: api.example",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Prefix: /evil")
                .json()
                .getJsonObject("headers");
        // Then
        assertThat(headers.getJsonArray("x-forwarded-for")).containsExactly("203.0.113.7, 127.0.0.1");
        assertThat(headers.getJsonArray("x-forwarded-host")).containsExactly("api.example");
        assertThat(headers.getJsonArray("x-forwarded-proto")).containsExactly("https");
        assertThat(headers.getJsonArray("x-forwarded-prefix")).isNull();
    }

    @Test
    void the_merged_document_names_the_address_clients_use() {
        // When
        Wire.Answer answer =
                Wire.get(base, "/openapi.json", "X-Forwarded-Host: api.example", "X-Forwarded-Proto: https");
        // Then
        assertThat(answer.json().getJsonArray("servers").getJsonObject(0).getString("url"))
                .isEqualTo("https://api.example");
    }

    @Test
    void a_browser_of_the_allowed_site_may_call_and_any_other_may_not() {
        // When
        Wire.Answer preflight = Wire.exchange(
                base,
                "OPTIONS",
                "/v1/clans",
                "Origin: https://app.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization");
        Wire.Answer allowed = Wire.get(base, "/v1/clans", "Origin: https://app.example");
        Wire.Answer other = Wire.get(base, "/v1/clans", "Origin: https://evil.example");
        // Then
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(other.header("access-control-allow-origin")).isNull();
    }
}
