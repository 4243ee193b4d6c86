package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class EtagsTest {

    @Test
    void who_has_seen_the_version_or_does_not_care_may_edit() {
        assertThatCode(() -> {
                    Etags.require(null, 7);
                    Etags.require("*", 7);
                    Etags.require("\"7\"", 7);
                    Etags.require("\"6\", \"7\"", 7);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void who_has_seen_another_version_or_a_weak_one_may_not() {
        for (String stale : new String[] {"\"6\"", "W/\"7\"", "7", ""}) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> Etags.require(stale, 7));
        }
    }
}
