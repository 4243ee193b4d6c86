package io.tradosphere.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log's settings. */
class LogSettingsTest {

    @Test
    void without_a_setting_nothing_is_changed() {
        assertThat(new LogSettings(name -> null).properties()).isEmpty();
        assertThat(new LogSettings(name -> null).error()).isEmpty();
    }

    @Test
    void json_and_requests_become_properties() {
        LogSettings settings =
                new LogSettings(Map.of("TRADOSPHERE_LOG", "json", "TRADOSPHERE_LOG_REQUESTS", "on")::get);

        assertThat(settings.error()).isEmpty();
        assertThat(settings.properties())
                .containsEntry("quarkus.log.console.json.enabled", "true")
                .containsEntry("quarkus.log.category.\"io.tradosphere.request\".level", "INFO");
    }

    @Test
    void another_value_is_an_error_that_names_the_variable() {
        assertThat(new LogSettings(Map.of("TRADOSPHERE_LOG", "xml")::get).error())
                .contains("TRADOSPHERE_LOG is text (the default) or json, not 'xml'.");
    }
}
