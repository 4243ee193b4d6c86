package io.tradosphere.test.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.tradosphere.openapi.check.DocumentTools;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.RawHttp.Response;
import io.tradosphere.test.compatibility.ReleasedDocument;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * Test contract of every service's HTTP API: a complete OpenAPI document, and valid responses to invalid requests. Services subclass
 * it as a {@code QuarkusTest}.
 */
public abstract class ApiContract extends HttpHabits {

    private static final int MAX_REPORTED = 60;
    private static final int SAMPLED = 3;

    private DocumentedResponses documented;

    @Test
    void every_operation_says_what_it_does_by_example_and_what_can_go_wrong() throws IOException {
        JsonNode document = document();
        List<String> missing = new ArrayList<>();
        Map<String, ApiOperation> ids = new TreeMap<>();
        for (ApiOperation operation : ApiOperation.of(document)) {
            if (operation.id().isBlank() || ids.put(operation.id(), operation) != null) {
                missing.add(operation + " has no operationId of its own");
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
                    missing.add(operation + " does not document " + status);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_example_is_what_its_schema_says() throws IOException {
        JsonNode document = document();
        DocumentedResponses schemas = new DocumentedResponses(document);
        List<String> wrong = new ArrayList<>();
        for (ApiOperation operation : ApiOperation.of(document)) {
            List<JsonNode> media = new ArrayList<>(operation.successes());
            media.add(operation.requestMedia());
            for (JsonNode described : media) {
                if (described.has("example") && described.has("schema")) {
                    String place = operation + " example " + media.indexOf(described);
                    String errors =
                            schemas.errors(described, described.get("example").toString());
                    if (!errors.isEmpty()) {
                        wrong.add(place + ": " + errors);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_document_says_all_that_clients_need() throws IOException {
        assertThat(DocumentRules.violations(document())).isEmpty();
    }

    @Test
    void the_document_passes_the_checks_of_strangers_tools() throws Exception {
        assertThat(DocumentTools.findings(document().toString())).isEmpty();
    }

    @Test
    void every_invalid_request_gets_a_valid_and_documented_response() throws IOException {
        JsonNode document = document();
        documented = new DocumentedResponses(document);
        Map<String, List<String>> violations = new LinkedHashMap<>();
        int sent = 0;
        int position = 0;
        try (RawHttp http = new RawHttp(URI.create(RestAssured.baseURI + ":" + RestAssured.port))) {
            for (ApiOperation operation : ApiOperation.of(document)) {
                RawRequest right = rightRequest(operation, http, violations);
                for (RawRequest bad : sample(BadInput.of(operation, right), position++)) {
                    Response response = http.send(bad);
                    check(operation, bad, response, violations);
                    if (reaches(operation, bad, right)) {
                        checkDocumented(operation, bad, response, violations);
                    }
                    sent++;
                }
            }
            for (String nowhere :
                    List.of("/", "/v1", "/v1/no-such-thing", "/%", "/v1/../q/health", "/v1/%2e%2e/", "//", "/%00")) {
                RawRequest request = new RawRequest("an unknown path", "GET", nowhere, Map.of(), null);
                ResponseRules.violation(request, http.send(request))
                        .ifPresent(why -> violations
                                .computeIfAbsent(why, any -> new ArrayList<>())
                                .add(request.toString()));
            }
        }
        assertThat(report(violations)).as("of %d requests", sent).isEmpty();
    }

    @Test
    void no_client_of_the_released_document_is_broken() throws IOException {
        String service = ConfigProvider.getConfig().getValue("tradosphere.slice", String.class) + "-service";

        assertThat(new ReleasedDocument(service).breaks(document())).isEmpty();
    }

    /** Every third request, so that each value meets a third of the operations. The full test sends all. */
    private static List<RawRequest> sample(List<RawRequest> all, int operation) {
        return Boolean.getBoolean("tradosphere.full")
                ? all
                : IntStream.range(0, all.size())
                        .filter(request -> request % SAMPLED == operation % SAMPLED)
                        .mapToObj(all::get)
                        .toList();
    }

    /** A caller with the admin role, for operations of admins. */
    protected TestUser admin() {
        return TestUser.withRole("platform-admin");
    }

    /** Path parameters of existing resources, by name. Other parameters are random. */
    protected Map<String, String> found() {
        return Map.of();
    }

    /** Headers that an operation needs beyond the caller's token, such as a signature of the body. */
    protected Map<String, String> headers(String operationId, byte[] body) {
        return Map.of();
    }

    private RawRequest rightRequest(ApiOperation operation, RawHttp http, Map<String, List<String>> violations) {
        RawRequest right = request(operation, somebody());
        Response response = http.send(right);
        check(operation, right, response, violations);
        checkDocumented(operation, right, response, violations);
        if (response.status() == 403 && response.text().contains("admin-only")) {
            right = request(operation, admin());
            response = http.send(right);
            check(operation, right, response, violations);
            checkDocumented(operation, right, response, violations);
        }
        if (response.status() == 400 || response.status() == 415) {
            violations
                    .computeIfAbsent("its own example is refused: " + response.text(), any -> new ArrayList<>())
                    .add(operation.toString());
        }
        return right;
    }

    private RawRequest request(ApiOperation operation, TestUser person) {
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
        byte[] body = operation.hasBody() ? operation.requestExample() : null;
        headers.putAll(headers(operation.id(), body));
        return new RawRequest("its own example", operation.method(), target, headers, body);
    }

    private static void check(
            ApiOperation operation, RawRequest request, Response response, Map<String, List<String>> violations) {
        ResponseRules.violation(request, response)
                .ifPresent(why -> violations
                        .computeIfAbsent(why.replaceAll("\"instance\":\"[^\"]*\"", ""), any -> new ArrayList<>())
                        .add(operation.id() + ", " + request));
    }

    /** Another path or method may reach another operation, or none. */
    private static boolean reaches(ApiOperation operation, RawRequest bad, RawRequest right) {
        return bad.method().equals(operation.method())
                && bad.target().replaceAll("[?].*", "").equals(right.target());
    }

    private void checkDocumented(
            ApiOperation operation, RawRequest request, Response response, Map<String, List<String>> violations) {
        documented
                .violation(operation, response)
                .ifPresent(why -> violations
                        .computeIfAbsent(
                                operation.id() + ": " + why.replaceAll("\"instance\":\"[^\"]*\"", ""),
                                any -> new ArrayList<>())
                        .add(request.toString()));
    }

    private static List<String> report(Map<String, List<String>> violations) {
        return violations.entrySet().stream()
                .limit(MAX_REPORTED)
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
            statuses.add("401");
        }
        if (!operation.parameters("path").isEmpty()) {
            statuses.add("404");
        }
        if (operation.hasBody()) {
            statuses.addAll(List.of("413", "415"));
        }
        return statuses;
    }
}
