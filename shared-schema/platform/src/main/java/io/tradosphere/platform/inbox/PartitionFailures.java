package io.tradosphere.platform.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of a consumer that make no progress, each with a retry delay of its own that doubles with every failure. Other
 * threads may read it.
 */
final class PartitionFailures {

    private static final Duration MIN_DELAY = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);

    private final Map<TopicPartition, Failure> failures = new ConcurrentHashMap<>();
    private volatile Failure connection;

    /**
     * A failure that is retried.
     *
     * @param where the partition; {@code Kafka} when the broker or the consumer itself fails
     * @param since the first failure of this series
     * @param delay the delay before the next retry
     * @param retryAt the time of the next retry
     * @param reason the last failure's message
     */
    record Failure(String where, Instant since, Duration delay, Instant retryAt, String reason) {

        /** How long there has been no progress. */
        Duration age() {
            return Duration.between(since, Instant.now());
        }

        private static Failure after(Failure earlier, String where, Throwable cause) {
            Instant now = Instant.now();
            Duration delay = earlier == null ? MIN_DELAY : earlier.delay.multipliedBy(2);
            delay = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
            return new Failure(
                    where,
                    earlier == null ? now : earlier.since,
                    delay,
                    now.plus(delay),
                    String.valueOf(cause.getMessage()));
        }
    }

    /** Records that a partition's records could not be applied. */
    Failure failed(TopicPartition partition, Throwable cause) {
        return failures.compute(partition, (same, earlier) -> Failure.after(earlier, partition.toString(), cause));
    }

    /** Records that a partition's records were applied. */
    void recovered(TopicPartition partition) {
        failures.remove(partition);
    }

    /** Drops the partitions that another replica has taken. */
    void retain(Collection<TopicPartition> assigned) {
        failures.keySet().retainAll(assigned);
    }

    boolean isFailing(TopicPartition partition) {
        return failures.containsKey(partition);
    }

    /** The partitions whose retry is due. */
    Set<TopicPartition> due() {
        Instant now = Instant.now();
        return failures.entrySet().stream()
                .filter(failure -> !failure.getValue().retryAt().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The time until the next retry is due, at most {@code longest}. */
    Duration untilNextRetry(Duration longest) {
        Instant now = Instant.now();
        return failures.values().stream()
                .map(failure -> Duration.between(now, failure.retryAt()))
                .filter(wait -> wait.compareTo(longest) < 0)
                .min(Comparator.naturalOrder())
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(longest);
    }

    /** Records that the consumer itself failed, such as without a broker. */
    Failure disconnected(Throwable cause) {
        connection = Failure.after(connection, "Kafka", cause);
        return connection;
    }

    /** Records that the consumer works again. */
    void connected() {
        connection = null;
    }

    /** The failure that has lasted longest; empty when everything makes progress. */
    Optional<Failure> longest() {
        Failure disconnected = connection;
        return disconnected != null
                ? Optional.of(disconnected)
                : failures.values().stream().min(Comparator.comparing(Failure::since));
    }
}
