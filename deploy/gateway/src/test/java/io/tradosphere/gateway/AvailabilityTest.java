package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Services that are down, slow, or never done. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class AvailabilityTest {

    @TestHTTPResource
    URI base;

    @Test
    void a_service_that_is_down_is_unavailable() {
        // When
        Wire.Answer answer = Wire.get(base, "/v1/streams");
        // Then
        GatewayTest.assertProblem(answer, "service-unavailable", 503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().getString("detail"))
                .contains("streaming-service")
                .doesNotContain("Exception", "127.0");
    }

    @Test
    void a_write_to_a_service_that_is_down_leaves_the_connection_usable() {
        // Given
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("POST /v1/streams HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
            Wire.Answer refused = wire.read(false);
            wire.send("GET /v1/clans HTTP/1.1\r\nHost: x\r\n\r\n");
            // Then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(wire.read(false).status()).isEqualTo(200);
        }
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_unavailable() {
        // Given
        FakeServices.answering("/v1/clans/slow", request -> request.pause());
        // When
        Wire.Answer answer = Wire.get(base, "/v1/clans/slow");
        // Then
        GatewayTest.assertProblem(answer, "service-unavailable", 503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().getString("detail")).contains("in time");
        assertThat(FakeServices.seen("/v1/clans/slow")).isEqualTo(1);
    }

    @Test
    void replicas_take_turns_and_one_that_is_gone_is_passed_over() {
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
    void a_write_whose_replica_refuses_the_connection_goes_to_the_next() {
        for (int i = 0; i < 6; i++) {
            // When
            Wire.Answer answer = write("/v1/competitions");
            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getBinary("body")).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_write_reaches_the_only_replica_that_is_there_even_after_it_cut_a_request_off() {
        // Given
        FakeServices.answering(
                "/v1/competitions/cut", request -> request.connection().close());
        for (int i = 0; i < 6; i++) {
            Wire.Answer cut = Wire.get(base, "/v1/competitions/cut");
            // When
            Wire.Answer answer = write("/v1/competitions");
            // Then
            assertThat(cut.status()).isEqualTo(503);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private Wire.Answer write(String target) {
        try (Wire wire = new Wire(base)) {
            wire.send("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            return wire.read(false);
        }
    }

    @Test
    void a_read_cut_off_before_its_answer_is_repeated_once_and_a_write_never() {
        // Given
        FakeServices.answering("/v1/clans/cut", request -> request.connection().close());
        // When
        Wire.Answer read = Wire.get(base, "/v1/clans/cut");
        int reads = FakeServices.seen("/v1/clans/cut");
        Wire.Answer write = Wire.exchange(base, "DELETE", "/v1/clans/cut");
        // Then
        GatewayTest.assertProblem(read, "service-unavailable", 503);
        GatewayTest.assertProblem(write, "service-unavailable", 503);
        assertThat(reads).isEqualTo(2);
        assertThat(FakeServices.seen("/v1/clans/cut")).isEqualTo(3);
    }

    @Test
    void an_answer_cut_off_in_its_middle_is_cut_off_for_the_client_too() {
        // Given
        FakeServices.answering("/v1/clans/half", request -> {
            request.response().putHeader("Content-Length", "100").write("half");
            request.connection().close();
        });
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("GET /v1/clans/half HTTP/1.1\r\nHost: x\r\n\r\n");
            Wire.Answer head = wire.read(true);
            // Then
            assertThat(head.header("content-length")).isEqualTo("100");
            await("the end of the connection").until(wire::isClosedByPeer);
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
        try (Wire wire = new Wire(base)) {
            // When
            wire.send("GET /v1/realtime HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
            Wire.Answer head = wire.read(true);
            String first = new String(wire.readChunk(), StandardCharsets.UTF_8);
            long start = System.nanoTime();
            await("longer than a service may take to answer")
                    .until(() -> System.nanoTime() - start > 2 * FakeServices.TIMEOUT_MILLIS * 1_000_000);
            second.get().run();
            String last = new String(wire.readChunk(), StandardCharsets.UTF_8);
            // Then
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            assertThat(first).isEqualTo("data: 1\n\n");
            assertThat(last).isEqualTo("data: 2\n\n");
            assertThat(wire.readChunk()).isEmpty();
        }
    }

    @Test
    void a_client_that_leaves_a_stream_ends_it_at_the_service() throws IOException {
        // Given
        FakeServices.answering(
                "/v1/realtime/left",
                request -> request.response().setChunked(true).write(": hello\n\n"));
        Wire wire = new Wire(base);
        wire.send("GET /v1/realtime/left HTTP/1.1\r\nHost: x\r\n\r\n");
        wire.read(true);
        wire.readChunk();
        // When
        wire.close();
        // Then
        await("the service notices").until(() -> FakeServices.aborted("/v1/realtime/left") == 1);
    }

    @Test
    void more_streams_than_ordinary_connections_leave_room_for_requests() throws IOException {
        // Given
        FakeServices.answering(
                "/v1/realtime/many",
                request -> request.response().setChunked(true).write(": hello\n\n"));
        List<Wire> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Wire wire = new Wire(base);
                streams.add(wire);
                wire.send("GET /v1/realtime/many HTTP/1.1\r\nHost: x\r\n\r\n");
                wire.read(true);
                wire.readChunk();
            }
            // When
            Wire.Answer answer = Wire.get(base, "/v1/notifications");
            // Then
            assertThat(answer.status()).isEqualTo(200);
        } finally {
            streams.forEach(Wire::close);
        }
    }

    @Test
    void reads_go_on_while_clients_leave_and_a_replica_comes_and_goes() throws Exception {
        // Given
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(12);
        for (int i = 0; i < 8; i++) {
            clients.submit(() -> readUntil(enough, answered, refused));
        }
        for (int i = 0; i < 4; i++) {
            clients.submit(() -> leaveUntil(enough));
        }
        // When
        for (int round = 0; round < 10; round++) {
            FakeServices.end("PROFILE-2");
            awaitMore(answered, 100);
            FakeServices.begin("PROFILE-2");
            awaitMore(answered, 100);
        }
        enough.set(true);
        clients.shutdown();
        // Then
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused).isEmpty();
    }

    private void readUntil(AtomicBoolean enough, AtomicInteger answered, Queue<String> refused) {
        while (!enough.get()) {
            try {
                Wire.Answer answer = Wire.get(base, "/v1/profiles/alice");
                if (answer.status() != 200) {
                    refused.add(answer.text());
                }
            } catch (UncheckedIOException cut) {
                refused.add(cut.getMessage());
            }
            answered.incrementAndGet();
        }
    }

    /**
     * Asks and hangs up without reading, so that the gateway cuts its own connection to the service. An answered
     * request in between keeps this from being a flood.
     */
    private void leaveUntil(AtomicBoolean enough) {
        while (!enough.get()) {
            try (Wire wire = new Wire(base)) {
                wire.send("GET /v1/profiles/left HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            Wire.get(base, "/v1/clans");
        }
    }

    private static void awaitMore(AtomicInteger answered, int more) {
        int goal = answered.get() + more;
        await().atMost(30, TimeUnit.SECONDS).until(() -> answered.get() >= goal);
    }

    private List<String> servers(int requests) {
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            servers.add(Wire.get(base, "/v1/profiles/alice").header("x-served-by"));
        }
        return servers;
    }
}
