package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Clients that disconnect, at any moment. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class DisconnectionTest {

    @TestHTTPResource
    URI base;

    @Inject
    MeterRegistry metrics;

    @Test
    void a_stream_ends_at_the_service_when_its_client_disconnects() throws IOException {
        // Given
        FakeServices.answering(
                "/v1/realtime/left",
                request -> request.response().setChunked(true).write(": hello\n\n"));
        RawConnection connection = new RawConnection(base);
        connection.send("GET /v1/realtime/left HTTP/1.1\r\nHost: x\r\n\r\n");
        connection.read(true);
        connection.readChunk();
        // When
        connection.close();
        // Then
        await("the service notices").until(() -> FakeServices.aborted("/v1/realtime/left") == 1);
    }

    @Test
    void reads_succeed_while_clients_disconnect_and_a_replica_stops_and_starts() throws Exception {
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

    @Test
    void clients_that_disconnect_never_interrupt_the_write_of_another() throws Exception {
        // Given clients that disconnect as soon as they have a response
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        ExecutorService clients = Executors.newFixedThreadPool(12);
        // When
        for (int i = 0; i < 12; i++) {
            clients.submit(() -> {
                for (int write = 0; write < 300; write++) {
                    RawConnection.Response response = write("/v1/clans");
                    if (response.status() != 200) {
                        refused.add(response.text());
                    }
                }
            });
        }
        clients.shutdown();
        // Then
        assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(refused).isEmpty();
    }

    @Test
    void clients_that_disconnect_leave_neither_a_request_nor_a_stream_nor_a_body_behind() {
        // When
        for (int i = 0; i < 100; i++) {
            leave("POST /v1/clans/left HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            leave("GET /v1/clans/left HTTP/1.1\r\nHost: x\r\n\r\n");
            leave("GET /v1/realtime/left-at-once HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        // Then
        await("no body").until(() -> gauge("tradosphere.gateway.body.memory") == 0);
        await("no request").until(() -> gauge("tradosphere.gateway.underway") == 0);
        await("no stream").until(() -> gauge("tradosphere.gateway.streams") == 0);
    }

    @Test
    void a_response_before_the_end_of_a_large_request_reaches_the_client_and_is_no_error() {
        // Given
        FakeServices.answering("/v1/clans/early", request -> {
            request.pause();
            request.response().setStatusCode(409).end("early");
        });
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        Handler log = recordErrors(errors);
        Logger.getLogger("").addHandler(log);
        String head = "POST /v1/clans/early HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
        try {
            for (int i = 0; i < 20; i++) {
                try (RawConnection connection = new RawConnection(base)) {
                    // When
                    connection.send(head);
                    connection.send(new byte[1_000_000]);
                    RawConnection.Response response = connection.read(false);
                    // Then
                    assertThat(response.status()).as(response.text()).isEqualTo(409);
                }
            }
            await("the files are closed").until(() -> gauge("tradosphere.gateway.body.disk") == 0);
        } finally {
            Logger.getLogger("").removeHandler(log);
        }
        assertThat(errors).isEmpty();
    }

    private static Handler recordErrors(Queue<String> errors) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    errors.add(entry.getLoggerName() + ": " + entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private void leave(String request) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send(request);
        }
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private void readUntil(AtomicBoolean enough, AtomicInteger answered, Queue<String> refused) {
        while (!enough.get()) {
            try {
                RawConnection.Response response = RawConnection.get(base, "/v1/profiles/alice");
                if (response.status() != 200) {
                    refused.add(response.text());
                }
            } catch (UncheckedIOException cut) {
                refused.add(cut.getMessage());
            }
            answered.incrementAndGet();
        }
    }

    /**
     * Sends a request and disconnects without reading, so that the gateway closes its own connection to the service.
     * A complete request in between limits the rate.
     */
    private void leaveUntil(AtomicBoolean enough) {
        while (!enough.get()) {
            leave("GET /v1/profiles/left HTTP/1.1\r\nHost: x\r\n\r\n");
            RawConnection.get(base, "/v1/clans");
        }
    }

    private static void awaitMore(AtomicInteger answered, int more) {
        int goal = answered.get() + more;
        await().atMost(30, TimeUnit.SECONDS).until(() -> answered.get() >= goal);
    }

    private RawConnection.Response write(String target) {
        try (RawConnection connection = new RawConnection(base)) {
            connection.send("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
            return connection.read(false);
        }
    }
}
