package io.tradosphere.test.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.RestAssured;
import io.tradosphere.test.Person;
import io.tradosphere.test.api.RawHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every service's HTTP interface must say of itself, and that it answers whatever comes. A service's tests make it theirs by a
 * {@code QuarkusTest} subclass.
 */
public abstract class ApiContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 60;

    @Test
    void every_operation_says_what_it_does_by_example_and_what_can_go_wrong() throws IOException {
        JsonNode document = document();
        List<String> missing = new ArrayList<>();
        Map<String, ApiOperation> ids = new TreeMap<>();
        for (ApiOperation operation : ApiOperation.of(document)) {
            if (operation.id().isBlank() || ids.put(operation.id(), operation) != null) {
                missing.add(operation + " has no operationId of its own");
            }
            if (operation.definition().path("summary").asText().isBlank()) {
                missing.add(operation + " has no summary");
            }
            if (operation.hasBody() && !operation.requestMedia().has("example")) {
                missing.add(operation + " has no example of its request");
            }
            if (operation.successes().stream().anyMatch(media -> !media.has("example"))) {
                missing.add(operation + " has no example of its response");
            }
            for (String status : problemsOf(operation)) {
                if (!operation
                        .definition()
                        .path("responses")
                        .path(status)
                        .path("content")
                        .has("application/problem+json")) {
                    missing.add(operation + " says nothing of " + status);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_example_is_what_its_schema_says() throws IOException {
        JsonNode document = document();
        List<String> wrong = new ArrayList<>();
        for (ApiOperation operation : ApiOperation.of(document)) {
            List<JsonNode> media = new ArrayList<>(operation.successes());
            media.add(operation.requestMedia());
            for (JsonNode described : media) {
                if (described.has("example") && described.has("schema")) {
                    mistakes(document, described).forEach(mistake -> wrong.add(operation + ": " + mistake));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatever_comes_is_answered_and_never_by_a_defect() throws IOException {
        Map<String, List<String>> broken = new LinkedHashMap<>();
        int sent = 0;
        try (RawHttp http = new RawHttp(URI.create(RestAssured.baseURI + ":" + RestAssured.port))) {
            for (ApiOperation operation : ApiOperation.of(document())) {
                RawRequest right = rightRequest(operation, http, broken);
                for (RawRequest bad : BadInput.of(operation, right)) {
                    check(operation, bad, http.send(bad), broken);
                    sent++;
                }
            }
            for (String nowhere :
                    List.of("/", "/v1", "/v1/no-such-thing", "/%", "/v1/../q/health", "/v1/%2e%2e/", "//", "/%00")) {
                RawRequest request = new RawRequest("a path nobody serves", "GET", nowhere, Map.of(), null);
                AnswerRules.broken(request, http.send(request))
                        .ifPresent(why -> broken.computeIfAbsent(why, any -> new ArrayList<>())
                                .add(request.toString()));
            }
        }
        assertThat(report(broken)).as("of %d requests", sent).isEmpty();
    }

    /** Somebody who may call the service: with a profile, where that is needed, of the highest tier there is. */
    protected Person somebody() {
        return Person.stranger();
    }

    /** Somebody who has an admin's role too; asked where an operation is an admin's. */
    protected Person admin() {
        return Person.withRole("platform-admin");
    }

    /** Values of path parameters by which something is found, by the parameter's name; others are random. */
    protected Map<String, String> found() {
        return Map.of();
    }

    private RawRequest rightRequest(ApiOperation operation, RawHttp http, Map<String, List<String>> broken) {
        RawRequest right = request(operation, somebody());
        Answer answer = http.send(right);
        check(operation, right, answer, broken);
        if (answer.status() == 403 && answer.text().contains("admin-only")) {
            right = request(operation, admin());
            answer = http.send(right);
            check(operation, right, answer, broken);
        }
        if (answer.status() == 400 || answer.status() == 415) {
            broken.computeIfAbsent("its own example is refused: " + answer.text(), any -> new ArrayList<>())
                    .add(operation.toString());
        }
        return right;
    }

    private RawRequest request(ApiOperation operation, Person person) {
        String target = operation.path();
        for (String name : operation.parameters("path")) {
            String example = operation
                    .parameterExample(name)
                    .map(JsonNode::asText)
                    .orElse("6f9d7c1e-52c4-4a7e-9a41-0f1c6f7f2b10");
            target = target.replace("{" + name + "}", found().getOrDefault(name, example));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + person.token());
        if (operation.hasBody()) {
            headers.put("Content-Type", operation.requestMediaType());
        }
        return new RawRequest(
                "its own example",
                operation.method(),
                target,
                headers,
                operation.hasBody() ? operation.requestExample() : null);
    }

    private static void check(
            ApiOperation operation, RawRequest request, Answer answer, Map<String, List<String>> broken) {
        AnswerRules.broken(request, answer)
                .ifPresent(why -> broken.computeIfAbsent(
                                why.replaceAll("\"instance\":\"[^\"]*\"", ""), any -> new ArrayList<>())
                        .add(operation.id() + ", " + request));
    }

    private static List<String> report(Map<String, List<String>> broken) {
        return broken.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> shortened(entry.getKey()) + "\n    "
                        + entry.getValue().size() + " times, such as "
                        + String.join(
                                "\n    ",
                                entry.getValue()
                                        .subList(0, Math.min(6, entry.getValue().size()))))
                .toList();
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }

    private static List<String> problemsOf(ApiOperation operation) {
        List<String> statuses = new ArrayList<>(List.of("400", "503"));
        if (operation.needsCaller()) {
            statuses.addAll(List.of("401", "403"));
        }
        if (!operation.parameters("path").isEmpty()) {
            statuses.add("404");
        }
        if (operation.hasBody()) {
            statuses.addAll(List.of("413", "415"));
        }
        return statuses;
    }

    /** Nulls are left out first: the document has no words for a field that may be null. */
    private static List<String> mistakes(JsonNode document, JsonNode media) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("allOf").add(media.get("schema"));
        schema.set("components", document.path("components"));
        JsonNode example = withoutNulls(media.get("example").deepCopy());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(example.toString(), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(ApiContract::withoutNulls);
        return node;
    }

    private static JsonNode document() throws IOException {
        byte[] text = RestAssured.given()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return JSON.readTree(new String(text, StandardCharsets.UTF_8));
    }
}
