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

/** What passes, what doesn't, and what the service gets to see of it. */
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
        Wire.Answer answer = Wire.get(base, target);
        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("uri")).isEqualTo(target);
        assertThat(answer.header("x-served-by")).isEqualTo("SIGNAL");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void the_absolute_form_reaches_the_service_as_a_path() {
        assertThat(Wire.get(base, "http://anywhere/v1/signals?x=1").json().getString("uri"))
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
    void what_is_not_in_the_table_is_unknown(String target) {
        // When
        Wire.Answer answer = Wire.get(base, target);
        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertProblem(answer, "unknown-path", 404);
        assertThat(answer.json().getString("instance")).isEqualTo(target);
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
        Wire.Answer answer = Wire.get(base, target);
        // Then
        if (target.equals("*")) {
            assertThat(answer.status()).isEqualTo(404);
        } else {
            assertProblem(answer, "bad-path", 400);
        }
        assertThat(answer.text()).doesNotContain("Exception", "io.tradosphere");
    }

    @Test
    void a_uri_or_headers_beyond_any_use_are_refused_with_a_problem() {
        assertProblem(Wire.get(base, "/v1/signals/" + "x".repeat(5_000)), "uri-too-long", 414);
        assertProblem(Wire.get(base, "/v1/signals", "X-Long: " + "h".repeat(20_000)), "headers-too-large", 431);
    }

    @Test
    void a_request_without_host_is_refused_with_a_problem() {
        // Given
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("GET /v1/signals HTTP/1.1\r\n\r\n");
            // Then
            assertProblem(wire.read(false), "bad-request", 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void a_method_passes(String method) {
        assertThat(Wire.exchange(base, method, "/v1/clans").json().getString("method"))
                .isEqualTo(method);
    }

    @Test
    void an_answer_to_head_has_the_length_but_no_body() {
        // Given
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("HEAD /v1/clans HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/clans/next HTTP/1.1\r\nHost: x\r\n\r\n");
            Wire.Answer head = wire.read(true);
            Wire.Answer next = wire.read(false);
            // Then
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isNotEqualTo("0");
            assertThat(next.json().getString("uri")).isEqualTo("/v1/clans/next");
        }
    }

    @Test
    void an_empty_answer_stays_empty_and_the_connection_usable() {
        // Given
        FakeServices.answering(
                "/v1/clans/empty",
                request -> request.response().setStatusCode(204).end());
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("DELETE /v1/clans/empty HTTP/1.1\r\nHost: x\r\n\r\n");
            Wire.Answer empty = wire.read(true);
            wire.send("GET /v1/clans/after HTTP/1.1\r\nHost: x\r\n\r\n");
            Wire.Answer after = wire.read(false);
            // Then
            assertThat(empty.status()).isEqualTo(204);
            assertThat(empty.header("transfer-encoding")).isNull();
            assertThat(after.json().getString("uri")).isEqualTo("/v1/clans/after");
        }
    }

    @Test
    void trace_is_not_passed_on() {
        assertProblem(Wire.exchange(base, "TRACE", "/v1/clans"), "method-not-allowed", 405);
    }

    @Test
    void a_webhook_body_passes_byte_for_byte() {
        // Given
        byte[] body = randomBytes(200_000);
        // When
        Wire.Answer answer = post("/v1/webhooks/stripe", body, "Stripe-Signature: t=1,v1=ab\r\n");
        // Then
        assertThat(answer.json().getBinary("body")).isEqualTo(body);
        assertThat(header(answer, "stripe-signature")).isEqualTo("t=1,v1=ab");
        assertThat(header(answer, "content-length")).isEqualTo("200000");
    }

    @Test
    void a_chunked_body_passes_byte_for_byte() {
        // Given
        byte[] body = randomBytes(100_000);
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("POST /v1/webhooks/stripe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int from = 0; from < body.length; from += 1_000) {
                wire.send("3e8\r\n");
                wire.send(Arrays.copyOfRange(body, from, from + 1_000));
                wire.send("\r\n");
            }
            wire.send("0\r\n\r\n");
            // Then
            assertThat(wire.read(false).json().getBinary("body")).isEqualTo(body);
        }
    }

    @Test
    void a_client_that_waits_for_permission_to_send_gets_it() {
        // Given
        try (Wire wire = new Wire(base)) {
            wire.send("POST /v1/clans HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            // When
            Wire.Answer permission = wire.read(true);
            wire.send("hello");
            Wire.Answer answer = wire.read(false);
            // Then
            assertThat(permission.status()).isEqualTo(100);
            assertThat(answer.json().getBinary("body")).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(header(answer, "expect")).isNull();
        }
    }

    @Test
    void a_body_announced_as_too_large_is_refused_before_it_is_sent() {
        // Given
        try (Wire wire = new Wire(base)) {
            // When
            wire.send(
                    "POST /v1/clans/big HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
            Wire.Answer answer = wire.read(false);
            // Then
            assertProblem(answer, "body-too-large", 413);
            assertThat(FakeServices.seen("/v1/clans/big")).isZero();
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void a_body_that_turns_out_too_large_is_refused() {
        // Given
        byte[] chunk = new byte[64 * 1024];
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("POST /v1/clans HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                wire.send("10000\r\n");
                wire.send(chunk);
                wire.send("\r\n");
            }
            // Then
            assertProblem(wire.read(false), "body-too-large", 413);
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void an_import_may_be_larger_but_not_boundless() {
        // Given
        byte[] body = randomBytes(4 * 1024 * 1024);
        // When
        Wire.Answer imported = post("/v1/trades/import", body, "Content-Type: text/csv\r\n");
        Wire.Answer elsewhere = post("/v1/trades", body, "");
        // Then
        assertThat(imported.json().getBinary("body")).isEqualTo(body);
        assertProblem(elsewhere, "body-too-large", 413);
    }

    @Test
    void a_transfer_encoding_that_could_be_read_two_ways_is_refused() {
        assertProblem(Wire.exchange(base, "POST", "/v1/clans", "Transfer-Encoding: gzip, chunked"), "bad-request", 400);
    }

    @Test
    void a_client_cannot_forge_where_it_comes_from() {
        // When
        Wire.Answer answer = Wire.get(
                base,
                "/v1/clans",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /evil",
                "X-Real-IP: 6.6.6.6",
                "Forwarded: for=6.6.6.6");
        // Then
        assertThat(header(answer, "x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(header(answer, "x-forwarded-host")).isEqualTo("gateway.example");
        assertThat(header(answer, "x-forwarded-proto")).isEqualTo("http");
        assertThat(header(answer, "x-forwarded-prefix")).isNull();
        assertThat(header(answer, "x-real-ip")).isNull();
        assertThat(header(answer, "forwarded")).isNull();
    }

    @Test
    void headers_for_the_next_hop_alone_end_here() {
        // When
        Wire.Answer answer = Wire.get(
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
            assertThat(header(answer, name)).as(name).isNull();
        }
        assertThat(header(answer, "authorization")).isEqualTo("Bearer token");
        assertThat(header(answer, "idempotency-key")).isEqualTo("k");
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
        Wire.Answer answer = Wire.get(base, "/v1/clans/hop");
        // Then
        assertThat(answer.header("connection")).isNull();
        assertThat(answer.header("x-hop")).isNull();
        assertThat(answer.header("etag")).isEqualTo("\"7\"");
    }

    @Test
    void a_trace_is_continued() {
        // When
        Wire.Answer answer = Wire.get(base, "/v1/clans", "traceparent: " + TRACE, "tracestate: a=1");
        // Then
        assertThat(header(answer, "traceparent")).isEqualTo(TRACE);
        assertThat(header(answer, "tracestate")).isEqualTo("a=1");
    }

    @Test
    void a_trace_is_begun_where_there_is_none_worth_continuing() {
        // When
        Wire.Answer without = Wire.get(base, "/v1/clans");
        Wire.Answer malformed = Wire.get(base, "/v1/clans", "traceparent: nonsense", "tracestate: a=1");
        // Then
        assertThat(header(without, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(header(malformed, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(header(malformed, "tracestate")).isNull();
    }

    private Wire.Answer post(String target, byte[] body, String headers) {
        try (Wire wire = new Wire(base)) {
            wire.send("POST " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length
                    + "\r\n\r\n");
            wire.send(body);
            return wire.read(false);
        }
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String header(Wire.Answer echo, String name) {
        var values = echo.json().getJsonObject("headers").getJsonArray(name);
        return values == null ? null : values.getString(0);
    }

    static void assertProblem(Wire.Answer answer, String kind, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonObject problem = answer.json();
        assertThat(problem.getString("type")).isEqualTo("https://tradosphere.io/problems/" + kind);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.fieldNames()).contains("title", "detail", "instance");
    }
}
