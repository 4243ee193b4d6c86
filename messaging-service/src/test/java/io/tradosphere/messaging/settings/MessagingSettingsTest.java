package io.tradosphere.messaging.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagingSettingsTest {

    @Test
    void nothing_has_to_be_set() {
        assertThat(new MessagingSettings().error(name -> null, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRADOSPHERE_MESSAGING_STREAMS, 0",
        "TRADOSPHERE_MESSAGING_STREAMS_PER_PERSON, many",
        "TRADOSPHERE_MESSAGING_MESSAGES_PER_MINUTE, -1",
        "TRADOSPHERE_MESSAGING_MESSAGES_AT_ONCE, 1e9"
    })
    void a_number_of_the_wrong_form_is_named(String name, String value) {
        assertThat(new MessagingSettings().error(Map.of(name, value)::get, true).orElseThrow())
                .isEqualTo(name + " is a whole number from 1 to 999999.");
    }
}
