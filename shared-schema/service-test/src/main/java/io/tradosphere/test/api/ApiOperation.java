package io.tradosphere.test.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An operation of an OpenAPI document.
 *
 * @param method the method, in upper case
 * @param path the path, with parameters in braces
 * @param definition the operation's object in the document
 */
record ApiOperation(String method, String path, JsonNode definition) {

    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    /** Every operation of the document. */
    static List<ApiOperation> of(JsonNode document) {
        List<ApiOperation> operations = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        operations.add(new ApiOperation(
                                entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), entry.getValue()));
                    }
                }));
        return operations;
    }

    String id() {
        return definition.path("operationId").asText();
    }

    boolean needsCaller() {
        JsonNode security = definition.path("security");
        return !security.isEmpty() && !security.path(0).isEmpty();
    }

    /** Names of the parameters in {@code path}, {@code query} or {@code header}. */
    List<String> parameters(String in) {
        List<String> names = new ArrayList<>();
        definition.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals(in)) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }

    Optional<JsonNode> parameterExample(String name) {
        for (JsonNode parameter : definition.path("parameters")) {
            if (parameter.path("name").asText().equals(name) && parameter.has("example")) {
                return Optional.of(parameter.get("example"));
            }
        }
        return Optional.empty();
    }

    boolean hasBody() {
        return definition.has("requestBody");
    }

    /** The first media type object of the request; a missing node without a body. */
    JsonNode requestMedia() {
        return first(definition.path("requestBody").path("content"));
    }

    String requestMediaType() {
        var names = definition.path("requestBody").path("content").fieldNames();
        return names.hasNext() ? names.next() : "application/json";
    }

    /** The example of the request, as sent. */
    byte[] requestExample() {
        JsonNode example = requestMedia().path("example");
        String text = example.isTextual() ? example.asText() : example.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The media type objects of its successful responses with a body. */
    List<JsonNode> successes() {
        List<JsonNode> media = new ArrayList<>();
        definition.path("responses").fields().forEachRemaining(response -> {
            if (response.getKey().startsWith("2")) {
                response.getValue().path("content").forEach(media::add);
            }
        });
        return media;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }

    private static JsonNode first(JsonNode content) {
        return content.isEmpty() ? content.path("none") : content.elements().next();
    }
}
