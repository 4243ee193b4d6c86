package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Typed parameters, as a {@link Shape} let them through.
 *
 * @param json the values; a null stands for an empty text, which unsets
 */
public record Params(ObjectNode json) {

    /** Whether it was given, even if empty. */
    public boolean has(String name) {
        return json.has(name);
    }

    /** Whether it was given and not empty. */
    public boolean hasValue(String name) {
        return json.hasNonNull(name);
    }

    /** The value, or null. */
    public JsonNode node(String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** The text, or null. */
    public String text(String name) {
        return text(name, null);
    }

    /** The text, or another. */
    public String text(String name, String otherwise) {
        return hasValue(name) ? json.get(name).asText() : otherwise;
    }

    /** The number, or another. */
    public long number(String name, long otherwise) {
        return hasValue(name) ? json.get(name).asLong() : otherwise;
    }

    /** The number, or null. */
    public Long number(String name) {
        return hasValue(name) ? json.get(name).asLong() : null;
    }

    /** Whether it is given and true. */
    public boolean is(String name) {
        return hasValue(name) && json.get(name).asBoolean();
    }

    /** The object's members; none when it is not given. */
    public Params in(String name) {
        return new Params(hasValue(name) ? (ObjectNode) json.get(name) : Json.object());
    }

    /** The list's objects; none when it is not given. */
    public List<Params> each(String name) {
        List<Params> all = new ArrayList<>();
        json.path(name).forEach(member -> all.add(new Params((ObjectNode) member)));
        return all;
    }

    /** The list's texts; none when it is not given. */
    public List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        json.path(name).forEach(member -> all.add(member.asText()));
        return all;
    }

    /** The metadata of a new object. */
    public ObjectNode metadata() {
        return merged(Json.object(), "metadata");
    }

    /** The metadata of an object after these were merged into it. */
    public ObjectNode merged(ObjectNode present, String name) {
        ObjectNode merged = present.deepCopy();
        JsonNode given = json.get(name);
        if (given != null && given.isTextual()) {
            merged.removeAll();
        } else if (given != null && given.isObject()) {
            given.properties().forEach(member -> {
                if (member.getValue().asText().isEmpty()) {
                    merged.remove(member.getKey());
                } else {
                    merged.set(member.getKey(), member.getValue());
                }
            });
        }
        return merged;
    }
}
