package io.tradosphere.competition.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** JSON serialisation for database columns. */
final class StoredJson {

    /** Separate from the API's mapper, so that changes to the API do not affect stored values. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StoredJson() {}

    static <T extends Record> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException invalid) {
            throw new IllegalStateException("The database holds an invalid " + type.getSimpleName(), invalid);
        }
    }

    static <T extends Record> T of(JsonNode tree, Class<T> type) {
        return JSON.convertValue(tree, type);
    }

    static JsonNode tree(Record value) {
        return JSON.valueToTree(value);
    }

    static String write(Record value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The record cannot be written as JSON", impossible);
        }
    }
}
