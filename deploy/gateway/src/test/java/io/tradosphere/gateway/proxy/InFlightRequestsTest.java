package io.tradosphere.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class InFlightRequestsTest {

    @Test
    void a_shutdown_waits_for_requests_in_flight() throws Exception {
        // Given
        InFlightRequests inFlight = new InFlightRequests(Duration.ofMinutes(1));
        inFlight.began();
        inFlight.began();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(inFlight));
        Awaitility.await().until(inFlight::isClosing);
        // When
        inFlight.ended();
        boolean early = closed.isDone();
        inFlight.ended();
        // Then
        assertThat(early).isFalse();
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_shutdown_does_not_wait_without_requests_in_flight() {
        // Given
        InFlightRequests inFlight = new InFlightRequests(Duration.ofMinutes(1));
        inFlight.began();
        inFlight.ended();
        // When
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(inFlight));
        // Then
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_shutdown_does_not_wait_longer_than_its_timeout() {
        // Given
        InFlightRequests inFlight = new InFlightRequests(Duration.ofMillis(1));
        inFlight.began();
        // When
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(inFlight));
        // Then
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_shutdown_ends_event_streams_in_waves() {
        // Given
        InFlightRequests inFlight = new InFlightRequests(Duration.ofMinutes(1));
        List<Instant> ends = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            inFlight.began();
            inFlight.becameStream(stream(() -> ends.add(Instant.now())));
        }
        // When
        close(inFlight);
        // Then
        assertThat(ends).hasSize(100);
        assertThat(Duration.between(ends.get(0), ends.get(99))).isGreaterThan(Duration.ofSeconds(1));
    }

    /** A request that knows nothing but how to close its connection. */
    private static HttpServerRequest stream(Runnable close) {
        HttpConnection connection = only(HttpConnection.class, () -> {
            close.run();
            return null;
        });
        return only(HttpServerRequest.class, () -> connection);
    }

    private static <T> T only(Class<T> type, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == given[0];
                    default -> answer.get();
                }));
    }

    private static void close(InFlightRequests inFlight) {
        try {
            inFlight.close(null);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
