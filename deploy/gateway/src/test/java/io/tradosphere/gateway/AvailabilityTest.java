package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Services that are down, slow or streaming. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class AvailabilityTest {

    @TestHTTPResource
    URI base;

    @Test
    void a_service_that_is_down_is_unavailable() {
        // When
        RawConnection.Response response = RawConnection.get(base, "/v1/streams");
        // Then
        GatewayTest.assertProblem(response, "service-unavailable", 503);
        assertThat(response.header("retry-after")).isEqualTo("1");
        assertThat(response.json().getString("detail"))
                .contains("streaming-service")
                .doesNotContain("Exception", "127.0");
    }

    @Test
    void a_write_to_a_service_that_is_down_leaves_the_connection_usable() {
        // Given
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("POST /v1/streams HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
            RawConnection.Response refused = connection.read(false);
            connection.send("GET /v1/clans HTTP/1.1\r\nHost: x\r\n\r\n");
            // Then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(connection.read(false).status()).isEqualTo(200);
        }
    }

    @Test
    void a_service_that_does_not_respond_in_time_is_unavailable() {
        // Given
        FakeServices.answering("/v1/clans/slow", request -> request.pause());
        // When
        RawConnection.Response response = RawConnection.get(base, "/v1/clans/slow");
        // Then
        GatewayTest.assertProblem(response, "service-unavailable", 503);
        assertThat(response.header("retry-after")).isEqualTo("1");
        assertThat(response.json().getString("detail")).contains("in time");
        assertThat(FakeServices.seen("/v1/clans/slow")).isEqualTo(1);
    }

    @Test
    void replicas_take_turns_and_a_stopped_one_is_skipped() {
        // Given
        assertThat(servers(4)).contains("PROFILE", "PROFILE-2");
        // When
        FakeServices.end("PROFILE-2");
        List<String> without = servers(20);
        FakeServices.begin("PROFILE-2");
        // Then
        assertThat(without).containsOnly("PROFILE");
        await("the replica is asked again").until(() -> servers(2).contains("PROFILE-2"));
    }

    @Test
    void a_replica_that_is_not_ready_is_skipped_until_it_is() {
        // Given
        AtomicBoolean stops = new AtomicBoolean(true);
        FakeServices.answering(
                "/q/health/ready",
                request -> request.response()
                        .setStatusCode(stops.get() && FakeServices.isAt(request, "PROFILE-2") ? 503 : 200)
                        .end());
        // When
        await("it is taken out").until(() -> !servers(6).contains("PROFILE-2"));
        List<String> without = servers(20);
        stops.set(false);
        // Then
        assertThat(without).containsOnly("PROFILE");
        await("it is ready").until(() -> servers(2).contains("PROFILE-2"));
    }

    @Test
    void a_write_that_a_stopping_replica_refuses_unseen_is_sent_to_another() {
        // Given
        AtomicBoolean stops = new AtomicBoolean(true);
        FakeServices.answering("/v1/profiles/stopping", request -> {
            if (stops.getAndSet(false)) {
                request.response()
                        .setStatusCode(503)
                        .putHeader("Connection", "close")
                        .end();
            } else {
                request.bodyHandler(body -> request.response().end(body));
            }
        });
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("PUT /v1/profiles/stopping HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            RawConnection.Response response = connection.read(false);
            // Then
            assertThat(response.status()).isEqualTo(200);
            assertThat(FakeServices.seen("/v1/profiles/stopping")).isEqualTo(2);
        }
    }

    @Test
    void a_write_whose_replica_refuses_the_connection_is_sent_to_the_next() {
        for (int i = 0; i < 6; i++) {
            // When
            RawConnection.Response response = write("/v1/competitions");
            // Then
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json().getBinary("body")).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_write_reaches_the_only_running_replica_even_after_it_interrupted_a_request() {
        // Given
        FakeServices.answering(
                "/v1/competitions/cut", request -> request.connection().close());
        for (int i = 0; i < 6; i++) {
            RawConnection.Response cut = RawConnection.get(base, "/v1/competitions/cut");
            // When
            RawConnection.Response response = write("/v1/competitions");
            // Then
            assertThat(cut.status()).isEqualTo(503);
            assertThat(response.status()).isEqualTo(200);
        }
    }

    private RawConnection.Response write(String target) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            return connection.read(false);
        }
    }

    @Test
    void a_read_interrupted_before_its_response_is_repeated_once_and_a_write_never() {
        // Given
        FakeServices.answering("/v1/clans/cut", request -> request.connection().close());
        // When
        RawConnection.Response read = RawConnection.get(base, "/v1/clans/cut");
        int reads = FakeServices.seen("/v1/clans/cut");
        RawConnection.Response write = RawConnection.exchange(base, "DELETE", "/v1/clans/cut");
        // Then
        GatewayTest.assertProblem(read, "service-unavailable", 503);
        GatewayTest.assertProblem(write, "service-unavailable", 503);
        assertThat(reads).isEqualTo(2);
        assertThat(FakeServices.seen("/v1/clans/cut")).isEqualTo(3);
    }

    @Test
    void an_interrupted_response_is_interrupted_for_the_client_too() {
        // Given
        FakeServices.answering("/v1/clans/half", request -> {
            request.response().putHeader("Content-Length", "100").write("half");
            request.connection().close();
        });
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("GET /v1/clans/half HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.Response head = connection.read(true);
            // Then
            assertThat(head.header("content-length")).isEqualTo("100");
            await("the end of the connection").until(connection::isClosedByPeer);
        }
    }

    @Test
    void an_event_reaches_the_client_before_the_stream_ends_and_silence_does_not_end_it() throws IOException {
        // Given
        AtomicReference<Runnable> second = new AtomicReference<>();
        FakeServices.answering("/v1/realtime", request -> {
            request.response()
                    .putHeader("Content-Type", "text/event-stream")
                    .setChunked(true)
                    .write("data: 1\n\n");
            second.set(() -> request.response().end("data: 2\n\n"));
        });
        try (RawConnection connection = new RawConnection(base)) {
            // When
            connection.send("GET /v1/realtime HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
            RawConnection.Response head = connection.read(true);
            String first = new String(connection.readChunk(), StandardCharsets.UTF_8);
            long start = System.nanoTime();
            await("longer than a service may take to respond")
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> System.nanoTime() - start > 2 * FakeServices.TIMEOUT_MILLIS * 1_000_000);
            second.get().run();
            String last = new String(connection.readChunk(), StandardCharsets.UTF_8);
            // Then
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            assertThat(first).isEqualTo("data: 1\n\n");
            assertThat(last).isEqualTo("data: 2\n\n");
            assertThat(connection.readChunk()).isEmpty();
        }
    }

    @Test
    void more_streams_than_ordinary_connections_leave_room_for_requests() throws IOException {
        // Given
        FakeServices.answering(
                "/v1/realtime/many",
                request -> request.response().setChunked(true).write(": hello\n\n"));
        List<RawConnection> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawConnection connection = new RawConnection(base);
                streams.add(connection);
                connection.send("GET /v1/realtime/many HTTP/1.1\r\nHost: x\r\n\r\n");
                connection.read(true);
                connection.readChunk();
            }
            // When
            RawConnection.Response response = RawConnection.get(base, "/v1/notifications");
            // Then
            assertThat(response.status()).isEqualTo(200);
        } finally {
            streams.forEach(RawConnection::close);
        }
    }

    private List<String> servers(int requests) {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            servers.add(RawConnection.get(base, "/v1/profiles/alice").header("x-served-by"));
        }
        return servers;
    }
}
