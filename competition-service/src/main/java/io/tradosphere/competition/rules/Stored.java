package io.tradosphere.competition.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The JSON that is kept in the database. */
final class Stored {

    /** A mapper of its own, so that what was stored once is read the same whatever becomes of the API's. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Stored() {}

    static <T extends Record> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("The database holds what is no " + type.getSimpleName(), foreign);
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
            throw new IllegalStateException("A record of ours cannot be written as JSON", impossible);
        }
    }
}
