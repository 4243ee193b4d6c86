package io.tradosphere.streaming.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private final Attention attention = new Attention(Duration.ofSeconds(45));

    @Test
    void a_job_acts_once_it_has_run_for_long_enough() {
        for (int second = 0; second < 45; second += 5) {
            assertThat(isUnbrokenAt(second)).isFalse();
        }
        assertThat(isUnbrokenAt(45)).isTrue();
        assertThat(isUnbrokenAt(50)).isTrue();
    }

    @Test
    void after_a_gap_it_waits_again() {
        for (int second = 0; second <= 45; second += 5) {
            attention.isUnbroken(nanos(second));
        }

        assertThat(isUnbrokenAt(61)).as("16 seconds later").isFalse();
        for (int second = 66; second < 106; second += 5) {
            assertThat(isUnbrokenAt(second)).isFalse();
        }
        assertThat(isUnbrokenAt(106)).isTrue();
    }

    private boolean isUnbrokenAt(int second) {
        return attention.isUnbroken(nanos(second));
    }

    private static long nanos(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
