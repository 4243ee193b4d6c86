package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    private final ObjectMapper json = new ObjectMapper();

    StorableTextTest() {
        new StrictJson().customize(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u0001", "\uD83D\uDE80 to the moon", "\uFFFF"})
    void what_a_column_of_text_holds_is_kept_as_it_is(String text) throws JsonProcessingException {
        assertThat(json.readValue(json.writeValueAsString(text), String.class)).isEqualTo(text);
    }

    @Test
    void nothing_is_nothing() throws JsonProcessingException {
        assertThat(json.readValue("[null]", String[].class)).isEqualTo(new String[] {null});
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\uD83D", "\\uDE80", "\\uDE80\\uD83D", "a\\uD83Db"})
    void a_nul_and_half_a_surrogate_pair_are_refused_rather_than_replaced(String escaped) {
        List<String> documents = List.of("\"" + escaped + "\"", "\"before" + escaped + "\"");

        assertThat(documents)
                .allSatisfy(document -> assertThatExceptionOfType(InvalidFormatException.class)
                        .isThrownBy(() -> json.readValue(document, String.class)));
    }
}
