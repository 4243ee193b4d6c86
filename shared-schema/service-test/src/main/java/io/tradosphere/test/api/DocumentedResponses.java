package io.tradosphere.test.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tradosphere.test.api.RawHttp.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The responses that an OpenAPI document promises: their status, their headers and their bodies. */
final class DocumentedResponses {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADERS = List.of(
            "Accept",
            "ETag",
            "Idempotency-Replayed",
            "Link",
            "Location",
            "Retry-After",
            "WWW-Authenticate",
            "X-Request-Id");

    private final JsonNode document;
    private final Map<String, Schema> schemas = new HashMap<>();

    DocumentedResponses(JsonNode document) {
        this.document = document;
    }

    /** What the document does not say about a response; empty when it says all. */
    Optional<String> violation(ApiOperation operation, Response response) {
        String status = Integer.toString(response.status());
        JsonNode documented = operation.definition().path("responses").path(status);
        if (documented.isMissingNode()) {
            return Optional.of(status + " is not documented: " + response.text());
        }
        for (String header : HEADERS) {
            if (!response.header(header.toLowerCase(Locale.ROOT)).isEmpty()
                    && !documented.path("headers").has(header)) {
                return Optional.of(status + " has " + header + ", which is not documented");
            }
        }
        if (response.body().length == 0) {
            return Optional.empty();
        }
        String type = response.header("content-type").replaceAll(";.*", "");
        JsonNode media = documented.path("content").path(type);
        if (media.isMissingNode()) {
            return Optional.of(status + " has " + type + ", which is not documented");
        }
        String errors = errors(media, response.text());
        return errors.isEmpty() ? Optional.empty() : Optional.of(status + " is off its schema: " + errors);
    }

    /** What is wrong with a body by the schema of its media type; empty when nothing. */
    String errors(JsonNode media, String body) {
        return schemas
                .computeIfAbsent(media.path("schema").toString(), any -> schema(media))
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("; "));
    }

    private Schema schema(JsonNode media) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("allOf").add(media.path("schema"));
        schema.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
    }
}
