package io.tradosphere.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    @Test
    void a_shutdown_waits_for_what_is_under_way() throws Exception {
        // Given
        UnderWay underWay = new UnderWay(Duration.ofMinutes(1));
        underWay.began();
        underWay.began();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(underWay));
        Awaitility.await().until(underWay::isClosing);
        // When
        underWay.ended();
        boolean early = closed.isDone();
        underWay.ended();
        // Then
        assertThat(early).isFalse();
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_shutdown_does_not_wait_when_there_is_nothing_to_wait_for() {
        // Given
        UnderWay underWay = new UnderWay(Duration.ofMinutes(1));
        underWay.began();
        underWay.ended();
        // When
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(underWay));
        // Then
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_shutdown_does_not_wait_for_ever() {
        // Given
        UnderWay underWay = new UnderWay(Duration.ofMillis(1));
        underWay.began();
        // When
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(underWay));
        // Then
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    private static void close(UnderWay underWay) {
        try {
            underWay.close(null);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
