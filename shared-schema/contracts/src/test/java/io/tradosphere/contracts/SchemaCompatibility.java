package io.tradosphere.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a schema with how it was last released. A reader of yesterday must read what is written today, and a reader of today
 * what was written yesterday; so a schema may gain optional fields, and its descriptions may change, and that is all.
 */
final class SchemaCompatibility {
    private static final Set<String> ANNOTATIONS = Set.of("title", "description", "$comment", "examples", "deprecated");

    private final String type;
    private final List<String> breaks = new ArrayList<>();

    private SchemaCompatibility(String type) {
        this.type = type;
    }

    /**
     * What breaks the contract between {@code released} and {@code current}, a line each; empty when nothing does.
     *
     * @param type the event type, for the messages
     */
    static List<String> breaks(String type, JsonNode released, JsonNode current) {
        SchemaCompatibility comparison = new SchemaCompatibility(type);
        comparison.compare(released, current, "");
        return comparison.breaks;
    }

    private void compare(JsonNode released, JsonNode current, String field) {
        for (String keyword : keywords(released, current)) {
            JsonNode before = released.path(keyword);
            JsonNode now = current.path(keyword);
            switch (keyword) {
                case "properties" -> compareProperties(before, now, field);
                case "required" -> compareRequired(before, now, field);
                case "items" -> compareItems(before, now, field);
                case "enum" -> {
                    if (!strings(before).equals(strings(now))) {
                        fail(field, keyword, before, now);
                    }
                }
                default -> {
                    if (!before.equals(now)) {
                        fail(field, keyword, before, now);
                    }
                }
            }
        }
    }

    private void compareProperties(JsonNode released, JsonNode current, String field) {
        released.fields().forEachRemaining(property -> {
            String name = child(field, property.getKey());
            if (current.has(property.getKey())) {
                compare(property.getValue(), current.get(property.getKey()), name);
            } else {
                fail(name, "was removed");
            }
        });
    }

    private void compareRequired(JsonNode released, JsonNode current, String field) {
        Set<String> before = strings(released);
        Set<String> now = strings(current);
        now.stream()
                .filter(name -> !before.contains(name))
                .forEach(name -> fail(child(field, name), "became required"));
        before.stream()
                .filter(name -> !now.contains(name))
                .forEach(name -> fail(child(field, name), "is no longer required"));
    }

    private void compareItems(JsonNode released, JsonNode current, String field) {
        if (released.isObject() && current.isObject()) {
            compare(released, current, field + "[]");
        } else if (!released.equals(current)) {
            fail(field, "items", released, current);
        }
    }

    private void fail(String field, String keyword, JsonNode before, JsonNode now) {
        fail(field, keyword + " changed from " + shown(before) + " to " + shown(now));
    }

    private void fail(String field, String what) {
        breaks.add(type + ": " + (field.isEmpty() ? "the body" : "field " + field) + ": " + what
                + "; a released contract only gains optional fields, so publish this as a new version (.v2) beside it");
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.toString();
    }

    private static String child(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static Set<String> keywords(JsonNode released, JsonNode current) {
        Set<String> keywords = new TreeSet<>();
        released.fieldNames().forEachRemaining(keywords::add);
        current.fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(ANNOTATIONS);
        return keywords;
    }

    private static Set<String> strings(JsonNode array) {
        Set<String> values = new HashSet<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
