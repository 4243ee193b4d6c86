package io.tradosphere.stripefake.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** JSON trees in one expression. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /**
     * An object of alternating names and values. A value may be null, a string, a number, a boolean, a {@link Resource}
     * (its id), a tree, or a collection of these.
     */
    public static ObjectNode object(Object... namesAndValues) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], node(namesAndValues[i + 1]));
        }
        return object;
    }

    /** Begins an object of many members. */
    public static Document document() {
        return new Document();
    }

    /** An object that is being written, member by member. */
    public static final class Document {

        private final ObjectNode object = MAPPER.createObjectNode();

        private Document() {}

        /** Adds a member; see {@link Json#object} for what its value may be. */
        public Document with(String name, Object value) {
            object.set(name, node(value));
            return this;
        }

        /** The whole object. */
        public ObjectNode json() {
            return object;
        }
    }

    /** An array of values, see {@link #object}. */
    public static ArrayNode array(Collection<?> values) {
        ArrayNode array = MAPPER.createArrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    /** A list as Stripe embeds it in another object. */
    public static ObjectNode list(String url, Collection<?> data) {
        return object("object", "list", "data", array(data), "has_more", false, "total_count", data.size(), "url", url);
    }

    /** The tree of a value, see {@link #object}. */
    public static JsonNode node(Object value) {
        if (value instanceof JsonNode tree) {
            return tree;
        }
        if (value instanceof Resource resource) {
            return MAPPER.getNodeFactory().textNode(resource.id());
        }
        if (value instanceof Collection<?> values) {
            return array(values);
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = MAPPER.createObjectNode();
            map.forEach((name, member) -> object.set((String) name, node(member)));
            return object;
        }
        return MAPPER.valueToTree(value);
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException when it is no JSON
     */
    public static JsonNode parse(String text) {
        try {
            return text.isBlank() ? object() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The text as Stripe sends it: indented by two spaces. */
    public static String text(JsonNode tree) {
        return tree.toPrettyString();
    }

    /** The former values of the members that differ, as in an event's {@code previous_attributes}. */
    public static ObjectNode previous(ObjectNode before, ObjectNode after) {
        ObjectNode previous = MAPPER.createObjectNode();
        for (Iterator<String> names = after.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode old = before.get(name);
            if (!after.get(name).equals(old)) {
                previous.set(name, old == null ? MAPPER.nullNode() : old);
            }
        }
        return previous;
    }
}
