package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAPI 3 document whose references can be followed.
 *
 * @param root the document
 */
record ApiDocument(JsonNode root) {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    /** An operation with what its path and the document add to it. */
    record Operation(JsonNode definition, Map<String, JsonNode> parameters, JsonNode security) {}

    /** All operations, by method and path. */
    Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        root.path("paths").properties().forEach(path -> {
            JsonNode item = resolved(path.getValue());
            item.properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(entry -> operations.put(
                            entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                            operation(item, entry.getValue())));
        });
        return operations;
    }

    private Operation operation(JsonNode item, JsonNode definition) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode level : List.of(item, definition)) {
            for (JsonNode parameter : level.path("parameters")) {
                JsonNode found = resolved(parameter);
                parameters.put(found.path("in").asText() + " parameter " + nameOf(found), found);
            }
        }
        JsonNode security = definition.has("security") ? definition.get("security") : root.path("security");
        return new Operation(definition, parameters, security);
    }

    /** Names of headers have no case. */
    private static String nameOf(JsonNode parameter) {
        String name = parameter.path("name").asText();
        return parameter.path("in").asText().equals("header") ? name.toLowerCase(Locale.ROOT) : name;
    }

    /**
     * The node, or what its {@code $ref} names.
     *
     * @throws IllegalArgumentException when the reference is not to a node of this document
     */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        List<String> seen = new ArrayList<>();
        while (found.has("$ref")) {
            String reference = found.get("$ref").asText();
            if (seen.contains(reference)) {
                throw new IllegalArgumentException("The reference " + reference + " leads to itself");
            }
            seen.add(reference);
            found = target(reference);
        }
        return found;
    }

    private JsonNode target(String reference) {
        JsonNode target = reference.startsWith("#/")
                ? root.at(JsonPointer.compile(reference.substring(1)))
                : root.path("no such node");
        if (target.isMissingNode()) {
            throw new IllegalArgumentException("The document has nothing at " + reference);
        }
        return target;
    }
}
