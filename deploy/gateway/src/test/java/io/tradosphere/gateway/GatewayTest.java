package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests pass, which are refused, and what the service receives. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class GatewayTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TestHTTPResource
    URI base;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/watchlists/7/assets/BTC%2FUSD",
                "/v1/watchlists/7/assets/btc%2fusd",
                "/v1/signals?assetSymbol=BTC/USD&q=a%20b+c&x=/../q/&empty=&y",
                "/v1/signals/%E2%82%AC;v=1/x%3Fy%23z",
                "/v1/feed/?"
            })
    void a_target_reaches_its_service_exactly_as_sent(String target) {
        // When
        RawConnection.Response response = RawConnection.get(base, target);
        // Then
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().getString("uri")).isEqualTo(target);
        assertThat(response.header("x-served-by")).isEqualTo("SIGNAL");
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void the_absolute_form_reaches_the_service_as_a_path() {
        assertThat(RawConnection.get(base, "http://anywhere/v1/signals?x=1")
                        .json()
                        .getString("uri"))
                .isEqualTo("/v1/signals?x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/signalsX",
                "/v1",
                "/v1/",
                "/v1/webhooks",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/internal/v1/profiles",
                "/v1/signals/internal/x",
                "/v1/signals/q/health",
                "/webjars/swagger-ui/5.30.2/index.html",
                "/META-INF/MANIFEST.MF",
                "/docs/assets/application.properties",
                "/schemas/application.properties"
            })
    void a_path_outside_the_table_is_unknown(String target) {
        // When
        RawConnection.Response response = RawConnection.get(base, target);
        // Then
        assertThat(response.status()).isEqualTo(404);
        assertProblem(response, "unknown-path", 404);
        assertThat(response.json().getString("instance")).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/signals/../../q/health",
                "/v1/signals/%2e%2e/q/health",
                "/v1/signals/.%2E/x",
                "/v1/signals/..;/x",
                "/v1/signals/..\\x",
                "/v1/signals/%5cx",
                "/v1/signals/%00",
                "//v1/signals",
                "/v1/signals//x",
                "/v1/signals/./x",
                "/v1/signals/%zz",
                "/v1/signals/\u00e9",
                "*"
            })
    void an_ambiguous_target_is_refused(String target) {
        // When
        RawConnection.Response response = RawConnection.get(base, target);
        // Then
        if (target.equals("*")) {
            assertThat(response.status()).isEqualTo(404);
        } else {
            assertProblem(response, "bad-path", 400);
        }
        assertThat(response.text()).doesNotContain("Exception", "io.tradosphere");
    }

    @Test
    void too_long_a_uri_or_headers_are_refused_with_a_problem() {
        assertProblem(RawConnection.get(base, "/v1/signals/" + "x".repeat(5_000)), "uri-too-long", 414);
        assertProblem(
                RawConnection.get(base, "/v1/signals", "X-Long: " + "h".repeat(20_000)), "headers-too-large", 431);
    }

    @Test
    void a_request_without_host_is_refused_with_a_problem() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("GET /v1/signals HTTP/1.1\r\n\r\n");
            // Then
            assertProblem(connection.read(false), "bad-request", 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void a_method_passes(String method) {
        assertThat(RawConnection.exchange(base, method, "/v1/clans").json().getString("method"))
                .isEqualTo(method);
    }

    @Test
    void a_response_to_head_has_the_length_but_no_body() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("HEAD /v1/clans HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/clans/next HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.Response head = connection.read(true);
            RawConnection.Response next = connection.read(false);
            // Then
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isNotEqualTo("0");
            assertThat(next.json().getString("uri")).isEqualTo("/v1/clans/next");
        }
    }

    @Test
    void an_empty_response_stays_empty_and_the_connection_usable() {
        // Given
        FakeServices.answering(
                "/v1/clans/empty",
                request -> request.response().setStatusCode(204).end());
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("DELETE /v1/clans/empty HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.Response empty = connection.read(true);
            connection.send("GET /v1/clans/after HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.Response after = connection.read(false);
            // Then
            assertThat(empty.status()).isEqualTo(204);
            assertThat(empty.header("transfer-encoding")).isNull();
            assertThat(after.json().getString("uri")).isEqualTo("/v1/clans/after");
        }
    }

    @Test
    void trace_is_not_passed_on() {
        assertProblem(RawConnection.exchange(base, "TRACE", "/v1/clans"), "method-not-allowed", 405);
    }

    @Test
    void a_webhook_body_passes_byte_for_byte() {
        // Given
        byte[] body = randomBytes(200_000);
        // When
        RawConnection.Response response = post("/v1/webhooks/stripe", body, "Stripe-Signature: t=1,v1=ab\r\n");
        // Then
        assertThat(response.json().getBinary("body")).isEqualTo(body);
        assertThat(header(response, "stripe-signature")).isEqualTo("t=1,v1=ab");
        assertThat(header(response, "content-length")).isEqualTo("200000");
    }

    @Test
    void a_chunked_body_passes_byte_for_byte() {
        // Given
        byte[] body = randomBytes(100_000);
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("POST /v1/webhooks/stripe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int from = 0; from < body.length; from += 1_000) {
                connection.send("3e8\r\n");
                connection.send(Arrays.copyOfRange(body, from, from + 1_000));
                connection.send("\r\n");
            }
            connection.send("0\r\n\r\n");
            // Then
            assertThat(connection.read(false).json().getBinary("body")).isEqualTo(body);
        }
    }

    @Test
    void a_client_that_expects_100_continue_gets_it() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            connection.send("POST /v1/clans HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            // When
            RawConnection.Response permission = connection.read(true);
            connection.send("hello");
            RawConnection.Response response = connection.read(false);
            // Then
            assertThat(permission.status()).isEqualTo(100);
            assertThat(response.json().getBinary("body")).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(header(response, "expect")).isNull();
        }
    }

    @Test
    void a_body_declared_as_too_large_is_refused_before_it_is_sent() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send(
                    "POST /v1/clans/big HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
            RawConnection.Response response = connection.read(false);
            // Then
            assertProblem(response, "body-too-large", 413);
            assertThat(FakeServices.seen("/v1/clans/big")).isZero();
            assertThat(connection.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void a_body_that_turns_out_too_large_is_refused() {
        // Given
        byte[] chunk = new byte[64 * 1024];
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("POST /v1/clans HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                connection.send("10000\r\n");
                connection.send(chunk);
                connection.send("\r\n");
            }
            // Then
            assertProblem(connection.read(false), "body-too-large", 413);
            assertThat(connection.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void an_import_may_be_larger_up_to_its_own_limit() {
        // Given
        byte[] body = randomBytes(4 * 1024 * 1024);
        // When
        RawConnection.Response imported = post("/v1/trades/import", body, "Content-Type: text/csv\r\n");
        RawConnection.Response elsewhere = post("/v1/trades", body, "");
        // Then
        assertThat(imported.json().getBinary("body")).isEqualTo(body);
        assertProblem(elsewhere, "body-too-large", 413);
    }

    @Test
    void a_transfer_encoding_that_could_be_read_two_ways_is_refused() {
        assertProblem(
                RawConnection.exchange(base, "POST", "/v1/clans", "Transfer-Encoding: gzip, chunked"),
                "bad-request",
                400);
    }

    @Test
    void a_client_cannot_forge_where_it_comes_from() {
        // When
        RawConnection.Response response = RawConnection.get(
                base,
                "/v1/clans",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /evil",
                "X-Real-IP: 6.6.6.6",
                "Forwarded: for=6.6.6.6");
        // Then
        assertThat(header(response, "x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(header(response, "x-forwarded-host")).isEqualTo("gateway.example");
        assertThat(header(response, "x-forwarded-proto")).isEqualTo("http");
        assertThat(header(response, "x-forwarded-prefix")).isNull();
        assertThat(header(response, "x-real-ip")).isEqualTo("127.0.0.1");
        assertThat(header(response, "forwarded")).isNull();
    }

    @Test
    void hop_by_hop_headers_are_not_passed_on() {
        // When
        RawConnection.Response response = RawConnection.get(
                base,
                "/v1/clans",
                "Connection: keep-alive, X-Secret-Hop, Upgrade",
                "Upgrade: h2c",
                "Keep-Alive: timeout=5",
                "Proxy-Authorization: Basic eA==",
                "TE: trailers",
                "X-Secret-Hop: 1",
                "Authorization: Bearer token",
                "Idempotency-Key: k");
        // Then
        for (String name : new String[] {"x-secret-hop", "upgrade", "keep-alive", "proxy-authorization", "te"}) {
            assertThat(header(response, name)).as(name).isNull();
        }
        assertThat(header(response, "authorization")).isEqualTo("Bearer token");
        assertThat(header(response, "idempotency-key")).isEqualTo("k");
    }

    @Test
    void headers_of_the_services_own_connection_do_not_reach_the_client() {
        // Given
        FakeServices.answering(
                "/v1/clans/hop",
                request -> request.response()
                        .putHeader("Connection", "close, X-Hop")
                        .putHeader("X-Hop", "1")
                        .putHeader("ETag", "\"7\"")
                        .end("{}"));
        // When
        RawConnection.Response response = RawConnection.get(base, "/v1/clans/hop");
        // Then
        assertThat(response.header("connection")).isNull();
        assertThat(response.header("x-hop")).isNull();
        assertThat(response.header("etag")).isEqualTo("\"7\"");
    }

    @Test
    void a_trace_is_continued() {
        // When
        RawConnection.Response response =
                RawConnection.get(base, "/v1/clans", "traceparent: " + TRACE, "tracestate: a=1");
        // Then
        assertThat(header(response, "traceparent")).isEqualTo(TRACE);
        assertThat(header(response, "tracestate")).isEqualTo("a=1");
    }

    @Test
    void a_new_trace_starts_without_a_valid_one() {
        // When
        RawConnection.Response without = RawConnection.get(base, "/v1/clans");
        RawConnection.Response malformed =
                RawConnection.get(base, "/v1/clans", "traceparent: nonsense", "tracestate: a=1");
        // Then
        assertThat(header(without, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(header(malformed, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(header(malformed, "tracestate")).isNull();
    }

    private RawConnection.Response post(String target, byte[] body, String headers) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send("POST " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length
                    + "\r\n\r\n");
            connection.send(body);
            return connection.read(false);
        }
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String header(RawConnection.Response echo, String name) {
        var values = echo.json().getJsonObject("headers").getJsonArray(name);
        return values == null ? null : values.getString(0);
    }

    static void assertProblem(RawConnection.Response response, String kind, int status) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        JsonObject problem = response.json();
        assertThat(problem.getString("type")).isEqualTo("https://tradosphere.io/problems/" + kind);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.fieldNames()).contains("title", "detail", "instance");
    }
}
