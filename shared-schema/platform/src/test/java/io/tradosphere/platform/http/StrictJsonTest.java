package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tradosphere.platform.decimal.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

    StrictJsonTest() {
        new StrictJson().customize(json);
    }

    private record Fields(
            String text,
            Boolean flag,
            boolean bare,
            Integer whole,
            long wholeBare,
            BigDecimal number,
            @Decimal BigDecimal decimal,
            Instant time,
            UUID id,
            List<String> texts,
            JsonNode tree) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":5}",
                "{\"text\":true}",
                "{\"texts\":[1]}",
                "{\"flag\":1}",
                "{\"flag\":\"true\"}",
                "{\"flag\":\"\"}",
                "{\"bare\":0}",
                "{\"whole\":\"5\"}",
                "{\"whole\":1.0}",
                "{\"whole\":true}",
                "{\"wholeBare\":\"\"}",
                "{\"number\":true}",
                "{\"number\":\"5\"}",
                "{\"time\":1700000000}",
                "{\"time\":1700000000.5}",
                "{\"time\":\"1700000000\"}",
                "{\"id\":5}"
            })
    void a_value_of_another_type_is_refused(String body) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> json.readValue(body, Fields.class));
    }

    @Test
    void values_of_the_right_type_are_read() throws JsonProcessingException {
        Fields read = json.readValue(
                "{\"text\":\"5\",\"flag\":true,\"whole\":5,\"number\":5,\"decimal\":\"1.5\",\"time\":\"2026-01-01T00:00:00Z\"}",
                Fields.class);

        assertThat(read.whole()).isEqualTo(5);
        assertThat(read.decimal()).isEqualTo("1.5");
        assertThat(read.time()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "1e2147483648", "1e400000000", "1e-2147483647"})
    void a_number_with_a_huge_exponent_is_refused_wherever_it_stands(String number) {
        for (String field : List.of("number", "decimal", "whole", "wholeBare", "tree")) {
            assertThatExceptionOfType(JsonProcessingException.class)
                    .as(field)
                    .isThrownBy(() -> json.readValue("{\"" + field + "\":" + number + "}", Fields.class));
        }
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> json.readTree("[" + number + "]"));
    }

    @Test
    void a_body_of_many_tiny_values_is_refused_while_it_is_read() {
        String body = "[" + "[],".repeat(20_000) + "[]]";

        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> json.readTree(body))
                .satisfies(refused -> assertThat(JsonErrors.problem(refused)).hasMessageContaining("too many values"));
    }

    @Test
    void a_body_that_nests_deeply_is_refused() {
        String body = "[".repeat(51) + "]".repeat(51);

        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> json.readTree(body));
    }
}
