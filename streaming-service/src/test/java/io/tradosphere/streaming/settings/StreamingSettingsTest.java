package io.tradosphere.streaming.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingSettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "AGORA_APP_ID", "970ca35de60c44645bbae8a215061b33",
            "AGORA_APP_CERTIFICATE", "5cfd2fd1755d40ecb72977518be15d3b",
            "AGORA_NOTIFICATION_SECRET", "secret-of-notices"));

    @Test
    void production_starts_with_an_agora_project() {
        assertThat(error(true)).isEmpty();
    }

    @Test
    void development_starts_without_any_setting() {
        environment.clear();

        assertThat(error(false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AGORA_APP_ID", "AGORA_APP_CERTIFICATE", "AGORA_NOTIFICATION_SECRET"})
    void production_names_a_missing_variable(String name) {
        environment.remove(name);

        assertThat(error(true).orElseThrow()).startsWith("set " + name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "AGORA_APP_ID, not-hexadecimal",
        "AGORA_APP_CERTIFICATE, 5cfd2fd1755d40ecb72977518be15d3",
        "AGORA_NOTIFICATION_SECRET, short",
        "AGORA_TOKEN_MINUTES, 1441",
        "AGORA_TOKEN_MINUTES, 0",
        "AGORA_API_BASE, api.agora.io"
    })
    void a_value_of_the_wrong_form_is_named_and_not_shown(String name, String value) {
        environment.put(name, value);

        assertThat(error(false).orElseThrow()).startsWith(name + " is ").doesNotContain("short");
    }

    @Test
    void recording_is_set_up_as_a_whole_or_not_at_all() {
        environment.put("AGORA_CUSTOMER_KEY", "key");
        environment.put("AGORA_CUSTOMER_SECRET", "secret");

        assertThat(error(true).orElseThrow()).startsWith("set AGORA_STORAGE_VENDOR too");
        environment.putAll(Map.of(
                "AGORA_STORAGE_VENDOR", "1",
                "AGORA_STORAGE_REGION", "0",
                "AGORA_STORAGE_BUCKET", "recordings",
                "AGORA_STORAGE_ACCESS_KEY", "access",
                "AGORA_STORAGE_SECRET_KEY", "secret"));
        assertThat(error(true)).isEmpty();
    }

    @Test
    void production_refuses_an_address_that_is_not_agoras() {
        environment.put("AGORA_API_BASE", "http://localhost:12111");

        assertThat(error(true).orElseThrow())
                .isEqualTo("AGORA_API_BASE is https://api.agora.io in production; leave it unset.");
        assertThat(error(false)).isEmpty();
    }

    private Optional<String> error(boolean production) {
        return new StreamingSettings().error(environment::get, production);
    }
}
