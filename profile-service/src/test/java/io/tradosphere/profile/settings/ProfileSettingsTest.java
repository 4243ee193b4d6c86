package io.tradosphere.profile.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileSettingsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_missing_secret_is_named(boolean production) {
        assertThat(new ProfileSettings().error(name -> null, production).orElseThrow())
                .startsWith("set USERNAME_SECRET: ");
    }

    @Test
    void a_short_secret_is_named_and_not_shown() {
        assertThat(error("short").orElseThrow())
                .isEqualTo("USERNAME_SECRET is a secret of at least 32 characters.")
                .doesNotContain("short");
    }

    @Test
    void a_long_secret_is_taken() {
        assertThat(error("a-secret-of-tests-with-32-characters")).isEmpty();
    }

    private static Optional<String> error(String secret) {
        return new ProfileSettings().error(Map.of("USERNAME_SECRET", secret)::get, true);
    }
}
