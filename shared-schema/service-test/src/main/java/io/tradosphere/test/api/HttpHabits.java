package io.tradosphere.test.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.RawHttp.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Test contract of HTTP habits that every operation of every service has, whatever it does. */
public abstract class HttpHabits {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOME_ID = "6f9d7c1e-52c4-4a7e-9a41-0f1c6f7f2b10";
    private static final int OVER_THE_LIMIT = 128 * 1024 + 1;

    @Test
    void a_call_that_needs_a_caller_is_refused_before_its_body_is_read() throws IOException {
        List<String> violations = violations(ApiOperation::hasBody, ApiOperation::needsCaller, operation -> {
            RawRequest head = request(operation)
                    .without("Authorization")
                    .with("Content-Type", operation.requestMediaType())
                    .with("Content-Length", "100000");
            try (RawHttp http = connection()) {
                Response refused = http.send(head);
                if (refused.status() != 401) {
                    return "waits for the body or reads it: " + refused.status() + " " + refused.text();
                }
                http.sendRest(new byte[100_000]);
                long begun = System.nanoTime();
                int next = http.send(request(operation).by("OPTIONS")).status();
                boolean prompt = System.nanoTime() - begun < 10_000_000_000L;
                return next == 204 && prompt ? "" : "leaves the connection unusable: " + next;
            }
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void the_internal_interface_refuses_a_call_without_its_token() {
        String url = SliceStack.internalUrl() + "reconciliations";

        assertThat(RestAssured.get(url).statusCode()).isEqualTo(401);
        assertThat(RestAssured.given()
                        .header("Authorization", "Bearer " + SliceStack.INTERNAL_TOKEN + "x")
                        .get(url)
                        .statusCode())
                .isEqualTo(401);
        assertThat(RestAssured.given()
                        .header("Authorization", "Bearer " + SliceStack.INTERNAL_TOKEN)
                        .get(url)
                        .statusCode())
                .isEqualTo(200);
        assertThat(RestAssured.given()
                        .header("Authorization", "Bearer " + SliceStack.INTERNAL_TOKEN)
                        .get("/internal/reconciliation/v1/reconciliations")
                        .statusCode())
                .as("the same on the service's own port")
                .isEqualTo(404);
    }

    @Test
    void a_body_over_the_limit_is_refused_with_the_limit() throws IOException {
        byte[] large = ("{\"a\":\"" + "x".repeat(OVER_THE_LIMIT) + "\"}").getBytes(StandardCharsets.UTF_8);

        List<String> violations = violations(HttpHabits::takesJson, any -> true, operation -> {
            RawRequest declared = withBody(operation, large);
            RawRequest chunked = declared.with("Transfer-Encoding", "chunked").with(chunked(large));
            for (RawRequest request : List.of(declared, chunked)) {
                Response response = send(request);
                if (response.status() != 413 || !response.text().contains("128 KB")) {
                    return response.status() + " " + response.text();
                }
            }
            return "";
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void of_many_errors_the_first_twenty_are_named() throws IOException {
        byte[] body = IntStream.range(0, 5_000)
                .mapToObj(key -> "\"k" + key + "\":0")
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);

        List<String> violations = violations(HttpHabits::takesJson, any -> true, operation -> {
            Response response = send(withBody(operation, body));
            boolean bounded = response.status() < 500 && response.body().length < 8_000;
            return bounded ? "" : response.status() + " with " + response.body().length + " bytes";
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void a_body_of_many_tiny_values_is_refused_while_it_is_read() throws IOException {
        byte[] body = ("[" + "[],".repeat(40_000) + "[]]").getBytes(StandardCharsets.UTF_8);

        List<String> violations = violations(HttpHabits::takesJson, any -> true, operation -> {
            Response response = send(withBody(operation, body));
            // 401: a body without the right signature is not read at all.
            return Set.of(400, 401, 403).contains(response.status()) ? "" : response.status() + response.text();
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void unknown_and_repeated_query_parameters_are_refused_by_name() throws IOException {
        List<String> violations = violations(any -> true, any -> true, operation -> {
            RawRequest request =
                    operation.hasBody() ? withBody(operation, operation.requestExample()) : request(operation);
            List<String> queries = new ArrayList<>(List.of("noSuch=1"));
            operation.parameters("query").forEach(name -> queries.add(name + "=1&" + name + "=2"));
            for (String query : queries) {
                Response response = send(request.to(request.target() + "?" + query));
                String name = query.substring(0, query.indexOf('='));
                if (response.status() != 400 || !response.text().contains("\"field\":\"" + name + "\"")) {
                    return query + ": " + response.status() + " " + response.text();
                }
            }
            return "";
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void options_and_a_wrong_method_say_which_methods_a_path_supports() throws IOException {
        Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
        for (ApiOperation operation : ApiOperation.of(document())) {
            methods.computeIfAbsent(operation.path(), any -> new TreeSet<>(List.of("OPTIONS")))
                    .add(operation.method());
        }
        List<String> violations = new ArrayList<>();
        methods.forEach((path, known) -> {
            if (known.contains("GET")) {
                known.add("HEAD");
            }
            RawRequest any = new RawRequest("", "OPTIONS", path.replaceAll("\\{[^}]+}", SOME_ID), Map.of(), null);
            Response options = send(any);
            Response wrong = send(any.by("BREW"));
            String allow = String.join(", ", known);
            if (options.status() != 204 || !options.header("allow").equals(allow)) {
                violations.add(path + " OPTIONS: " + options.status() + " " + options.headers());
            }
            if (wrong.status() != 405 || !wrong.header("allow").equals(allow)) {
                violations.add(path + " BREW: " + wrong.status() + " " + wrong.headers());
            }
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void a_call_without_a_response_body_is_not_refused_for_accept() throws IOException {
        List<String> violations = violations(operation -> operation.successes().isEmpty(), any -> true, operation -> {
            RawRequest request =
                    operation.hasBody() ? withBody(operation, operation.requestExample()) : request(operation);
            Response response = send(request.with("Accept", "application/problem+json"));
            return response.status() == 406 ? response.text() : "";
        });

        assertThat(violations).isEmpty();
    }

    @Test
    void a_request_id_is_honoured_when_well_formed_and_else_made() throws IOException {
        List<String> violations = violations(any -> true, any -> true, operation -> {
            RawRequest request = request(operation).without("Authorization").to("/v1/no-such-thing");
            Response honoured = send(request.with("X-Request-Id", "abc.DEF_1-2"));
            Response refused = send(request.with("X-Request-Id", "a b"));
            Response traced =
                    send(request.with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            boolean right = honoured.header("x-request-id").equals("abc.DEF_1-2")
                    && honoured.text().contains("\"requestId\":\"abc.DEF_1-2\"")
                    && refused.header("x-request-id").matches("[0-9a-f]{32}")
                    && traced.header("x-request-id").equals("0af7651916cd43dd8448eb211c80319c");
            return right ? "" : honoured.headers() + " " + honoured.text() + refused.headers() + traced.headers();
        });

        assertThat(violations).isEmpty();
    }

    /** A caller who may use the service: with a profile of the highest tier, where one is needed. */
    protected TestUser somebody() {
        return TestUser.stranger();
    }

    private List<String> violations(
            Function<ApiOperation, Boolean> first,
            Function<ApiOperation, Boolean> second,
            Function<ApiOperation, String> rule)
            throws IOException {
        List<String> violations = new ArrayList<>();
        for (ApiOperation operation : ApiOperation.of(document())) {
            String violation = first.apply(operation) && second.apply(operation) ? rule.apply(operation) : "";
            if (!violation.isEmpty()) {
                violations.add(operation + ": " + violation);
            }
        }
        return violations;
    }

    private RawRequest request(ApiOperation operation) {
        return new RawRequest(
                operation.id(),
                operation.method(),
                operation.path().replaceAll("\\{[^}]+}", SOME_ID),
                Map.of("Authorization", "Bearer " + somebody().token()),
                null);
    }

    private RawRequest withBody(ApiOperation operation, byte[] body) {
        return request(operation)
                .with("Content-Type", operation.requestMediaType())
                .with(body);
    }

    private static boolean takesJson(ApiOperation operation) {
        return operation.hasBody() && operation.requestMediaType().contains("json");
    }

    private static byte[] chunked(byte[] body) {
        String text =
                Integer.toHexString(body.length) + "\r\n" + new String(body, StandardCharsets.UTF_8) + "\r\n0\r\n\r\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends over a connection of its own: what is left of a refused body must not meet the next request. */
    private static Response send(RawRequest request) {
        try (RawHttp http = connection()) {
            return http.send(request);
        }
    }

    private static RawHttp connection() {
        return new RawHttp(URI.create(RestAssured.baseURI + ":" + RestAssured.port));
    }

    /** The service's OpenAPI document. */
    static JsonNode document() throws IOException {
        byte[] text = RestAssured.given()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return JSON.readTree(new String(text, StandardCharsets.UTF_8));
    }
}
