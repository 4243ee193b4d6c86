package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtagsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", "\"7\"", "\"3\", \"7\"", "W/\"7.abc\"", "\"7.abc\"", "nonsense,\"7\""})
    void an_edit_of_the_named_version_is_allowed(String ifMatch) {
        assertThatCode(() -> Etags.require(ifMatch, 7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "7", "", "\"77\"", "W/\"6.7\"", "\"", "W/"})
    void an_edit_of_another_version_is_stale(String ifMatch) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Etags.require(ifMatch, 7))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.STALE));
    }

    @Test
    void a_counter_changes_the_tag_and_not_the_version() {
        String before = Etags.of(7, 1, "x");
        String after = Etags.of(7, 2, "x");

        assertThat(before).startsWith("W/\"7.").isEqualTo(Etags.of(7, 1, "x"));
        assertThat(Etags.matches(before, after)).isFalse();
        assertThatCode(() -> Etags.require(before, 7)).doesNotThrowAnyException();
    }

    @Test
    void a_read_compares_whole_tags_weakly() {
        assertThat(Etags.matches("\"1\", \"7\"", "\"7\"")).isTrue();
        assertThat(Etags.matches("W/\"7\"", "\"7\"")).isTrue();
        assertThat(Etags.matches("*", "\"7\"")).isTrue();
        assertThat(Etags.matches("\"7\"", "\"7.abc\"")).isFalse();
        assertThat(Etags.matches("\"7\"", null)).isFalse();
    }
}
