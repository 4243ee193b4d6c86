package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A document to compare with {@code compatibility/released.json}: a copy of it, with changes. */
final class ChangedDocument {

    static final String LIST = "/paths/~1v1~1notes/get";
    static final String CREATE = "/paths/~1v1~1notes/post";
    static final String DELETE = "/paths/~1v1~1notes~1{id}/delete";
    static final String SCHEMAS = "/components/schemas";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = released();

    static JsonNode released() {
        try (InputStream file = ChangedDocument.class.getResourceAsStream("/compatibility/released.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the value at a pointer. {@code json} is JSON with single quotes. */
    ChangedDocument set(String pointer, String json) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = document.at(place.head());
        JsonNode value = parsed(json.replace('\'', '"'));
        if (parent instanceof ArrayNode array) {
            if (place.last().getMatchingIndex() == array.size()) {
                array.add(value);
            } else {
                array.set(place.last().getMatchingIndex(), value);
            }
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
        }
        return this;
    }

    /** Removes what is at a pointer. There must be something. */
    ChangedDocument remove(String pointer) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = document.at(place.head());
        JsonNode removed = parent instanceof ArrayNode array
                ? array.remove(place.last().getMatchingIndex())
                : ((ObjectNode) parent).remove(place.last().getMatchingProperty());
        if (removed == null) {
            throw new IllegalArgumentException("Nothing at " + pointer);
        }
        return this;
    }

    JsonNode document() {
        return document;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
