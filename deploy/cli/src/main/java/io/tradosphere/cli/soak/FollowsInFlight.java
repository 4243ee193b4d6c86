package io.tradosphere.cli.soak;

import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.StackException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The follows in flight to follower counts. Waits until the events that exist at the call are applied. */
final class FollowsInFlight {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 100;
    private static final String GROUP = "profile-service.follower-counts";
    private static final Topic TOPIC = Topic.FOLLOWS;

    private FollowsInFlight() {}

    /**
     * Waits for at most 3 minutes.
     *
     * @param database a connection as superuser
     * @param bootstrap the broker's address
     * @throws StackException when an event is not applied within 3 minutes, or Kafka does not respond; one line
     */
    static void awaitApplied(Connection database, String bootstrap) throws SQLException {
        Instant deadline = Instant.now().plus(TIMEOUT);
        long last = number(
                database, "SELECT coalesce(max(id), 0) FROM social.outbox WHERE topic = '" + TOPIC.topicName() + "'");
        while (number(
                        database,
                        "SELECT count(*) FROM social.outbox WHERE topic = '" + TOPIC.topicName() + "' AND id <= "
                                + last)
                > 0) {
            pause(deadline, "waiting for events in the outbox of social");
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000"))) {
            Map<TopicPartition, Long> ends = ends(admin);
            while (!isApplied(admin, ends)) {
                pause(deadline, "waiting for events to be applied by " + GROUP);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka does not respond; see ./tradosphere status: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, TOPIC.partitions())
                .mapToObj(partition -> new TopicPartition(TOPIC.topicName(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(10, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static boolean isApplied(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }

    private static void pause(Instant deadline, String what) {
        if (Instant.now().isAfter(deadline)) {
            throw new StackException("Still " + what + " after " + TIMEOUT.toSeconds()
                    + " s; see ./tradosphere status, then verify again.");
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private static long number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
