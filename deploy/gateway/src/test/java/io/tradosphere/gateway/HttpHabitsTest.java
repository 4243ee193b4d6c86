package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP habits that every response has: request ids, caching, compression and methods. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class HttpHabitsTest {

    private static final String LONG = "{\"text\":\"" + "long ".repeat(1_000) + "\"}";
    private static final String GZIP = "Accept-Encoding: br, gzip;q=0.8";

    @TestHTTPResource
    URI base;

    @ParameterizedTest
    @ValueSource(strings = {"/v1/clans", "/v1/streams", "/docs", "/nowhere", "/v1/clans/%zz"})
    void every_response_has_the_request_id_that_the_client_sent(String path) {
        assertThat(RawConnection.get(base, path, "X-Request-Id: my.Id_7-x").header("x-request-id"))
                .isEqualTo("my.Id_7-x");
    }

    @Test
    void the_service_receives_the_request_id() {
        assertThat(RawConnection.get(base, "/v1/clans", "X-Request-Id: abc")
                        .json()
                        .getJsonObject("headers")
                        .getJsonArray("x-request-id"))
                .containsExactly("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void an_unusable_request_id_is_replaced_by_the_trace_id(String id) {
        // When
        RawConnection.Response response = RawConnection.get(base, "/v1/clans", "X-Request-Id: " + id);
        // Then
        JsonObject headers = response.json().getJsonObject("headers");
        String trace = headers.getJsonArray("traceparent").getString(0).substring(3, 35);
        assertThat(response.header("x-request-id")).isEqualTo(trace);
        assertThat(headers.getJsonArray("x-request-id")).containsExactly(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/streams", "/nowhere", "/v1/clans/%zz"})
    void a_problem_names_the_request_and_is_not_stored(String path) {
        // When
        RawConnection.Response response = RawConnection.get(base, path);
        // Then
        assertThat(response.json().getString("requestId"))
                .isEqualTo(response.header("x-request-id"))
                .matches("[0-9a-f]{32}");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
        assertThat(response.header("vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
    }

    @Test
    void a_service_without_cache_control_is_not_stored_and_with_it_is_left_alone() {
        // Given
        service(
                "/v1/clans/cached",
                request -> request.response()
                        .putHeader("Cache-Control", "public, max-age=5")
                        .putHeader("Vary", "Authorization")
                        .putHeader("Content-Type", "application/json")
                        .end("{}"));
        // When
        RawConnection.Response cached = RawConnection.get(base, "/v1/clans/cached");
        RawConnection.Response other = RawConnection.get(base, "/v1/clans");
        // Then
        assertThat(cached.header("cache-control")).isEqualTo("public, max-age=5");
        assertThat(cached.header("vary").toLowerCase(Locale.ROOT)).isEqualTo("authorization, accept-encoding");
        assertThat(other.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void a_long_response_is_compressed_for_clients_that_accept_it() throws IOException {
        // Given
        service(
                "/v1/clans/long",
                request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("ETag", "\"7\"")
                        .end(LONG));
        // When
        RawConnection.Response compressed = RawConnection.get(base, "/v1/clans/long", GZIP);
        RawConnection.Response plain = RawConnection.get(base, "/v1/clans/long");
        RawConnection.Response unwanted = RawConnection.get(base, "/v1/clans/long", "Accept-Encoding: gzip;q=0, *");
        // Then
        assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
        assertThat(compressed.body().length).isLessThan(200);
        assertThat(unzipped(compressed)).isEqualTo(LONG);
        assertThat(compressed.header("etag")).isEqualTo("\"7-gzip\"");
        assertThat(plain.header("content-encoding")).isNull();
        assertThat(plain.text()).isEqualTo(LONG);
        assertThat(plain.header("etag")).isEqualTo("\"7\"");
        assertThat(plain.header("vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
        assertThat(unwanted.header("content-encoding")).isNull();
    }

    @Test
    void the_tag_of_a_compressed_response_is_the_services_own_in_a_condition() {
        // Given
        service(
                "/v1/clans/tagged",
                request -> request.response()
                        .setStatusCode(304)
                        .putHeader("ETag", request.getHeader("If-None-Match"))
                        .end());
        // When
        RawConnection.Response echo =
                RawConnection.get(base, "/v1/clans", "If-Match: \"7-gzip\", W/\"3.4\"", "If-None-Match: \"9-gzip\"");
        RawConnection.Response unchanged =
                RawConnection.exchange(base, "GET", "/v1/clans/tagged", "If-None-Match: \"7-gzip\"", GZIP);
        // Then
        JsonObject headers = echo.json().getJsonObject("headers");
        assertThat(headers.getJsonArray("if-match")).containsExactly("\"7\", W/\"3.4\"");
        assertThat(headers.getJsonArray("if-none-match")).containsExactly("\"9\"");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("etag")).isEqualTo("\"7-gzip\"");
    }

    @Test
    void a_short_response_and_an_event_stream_are_not_compressed() throws IOException {
        // Given
        service(
                "/v1/clans/short",
                request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end("{}"));
        service(
                "/v1/realtime/plain",
                request -> request.response()
                        .putHeader("Content-Type", "text/event-stream")
                        .setChunked(true)
                        .write("data: " + LONG + "\n\n"));
        // When
        RawConnection.Response shortOne = RawConnection.get(base, "/v1/clans/short", GZIP);
        try (RawConnection stream = new RawConnection(base)) {
            stream.send("GET /v1/realtime/plain HTTP/1.1\r\nHost: x\r\n" + GZIP + "\r\n\r\n");
            RawConnection.Response head = stream.read(true);
            // Then
            assertThat(shortOne.header("content-encoding")).isNull();
            assertThat(head.header("content-encoding")).isNull();
            assertThat(new String(stream.readChunk(), StandardCharsets.UTF_8)).startsWith("data: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/openapi.json", "/asyncapi.yaml", "/docs/assets/swagger-ui-bundle.js"})
    void a_page_is_compressed_too(String path) throws IOException {
        // When
        RawConnection.Response compressed = RawConnection.get(base, path, GZIP);
        RawConnection.Response plain = RawConnection.get(base, path);
        // Then
        if (plain.body().length > 1_024) {
            assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
            assertThat(unzipped(compressed)).isEqualTo(plain.text());
        }
        assertThat(plain.header("cache-control")).isNotNull();
        assertThat(plain.header("vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, 204", "POST, 405", "TRACE, 405"})
    void a_page_says_its_methods(String method, int status) {
        // When
        RawConnection.Response response = RawConnection.exchange(base, method, "/docs");
        // Then
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "BREW", "PROPFIND"})
    void a_method_that_no_service_has_is_refused_with_those_that_exist(String method) {
        // When
        RawConnection.Response response = RawConnection.exchange(base, method, "/v1/clans");
        // Then
        GatewayTest.assertProblem(response, "method-not-allowed", 405);
        assertThat(response.header("allow")).contains("GET", "PATCH");
    }

    private static void service(String path, io.vertx.core.Handler<HttpServerRequest> behaviour) {
        FakeServices.answering(path, behaviour);
    }

    private static String unzipped(RawConnection.Response response) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
