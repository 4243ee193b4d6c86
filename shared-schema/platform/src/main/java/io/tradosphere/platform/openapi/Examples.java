package io.tradosphere.platform.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * The examples of a service's {@code openapi-examples.json}, by operation id: a {@code request}, a {@code response}, the same as a
 * {@code file} where it may be one, and {@code parameters}.
 */
final class Examples {

    private static final String FILE = "openapi-examples.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode byOperation;

    private Examples(JsonNode byOperation) {
        this.byOperation = byOperation;
    }

    /** Reads the file; a service without operations has none. */
    static Examples load() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            return new Examples(file == null ? JSON.createObjectNode() : JSON.readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE + " cannot be read", unreadable);
        }
    }

    void addTo(Operation operation) {
        JsonNode example = byOperation.path(operation.getOperationId());
        if (example.has("request") && operation.getRequestBody() != null) {
            set(operation.getRequestBody().getContent(), example.get("request"));
        }
        for (String response : List.of("response", "file")) {
            if (example.has(response)) {
                operation.getResponses().getAPIResponses().entrySet().stream()
                        .filter(each -> each.getKey().startsWith("2"))
                        .forEach(each -> set(each.getValue().getContent(), example.get(response)));
            }
        }
        if (operation.getParameters() != null) {
            for (Parameter parameter : operation.getParameters()) {
                JsonNode value = example.path("parameters").path(parameter.getName());
                if (!value.isMissingNode()) {
                    parameter.setExample(JSON.convertValue(value, Object.class));
                }
            }
        }
    }

    private static void set(Content content, JsonNode example) {
        if (content != null) {
            content.getMediaTypes().forEach((name, media) -> {
                // A text is an example of a file, anything else one of JSON.
                if (content.getMediaTypes().size() == 1 || name.endsWith("json") != example.isTextual()) {
                    media.setExample(JSON.convertValue(example, Object.class));
                }
            });
        }
    }
}
