package io.tradosphere.cli.verify;

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

/**
 * Waits until everything that was under way when asked has arrived: out of the producing slice's outbox, then through the
 * consumer group. What comes later does not matter, so it ends under load too.
 *
 * @param schema the slice that publishes
 * @param topic where
 * @param group the consumer group that applies it
 */
public record UnderWay(String schema, Topic topic, String group) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 100;

    /** Of follows, on their way to the counts of followers. */
    public static final UnderWay FOLLOWS = new UnderWay("social", Topic.FOLLOWS, "profile-service.follower-counts");

    /** Of follows, on their way to feeds. */
    static final UnderWay FOLLOWS_TO_FEEDS = new UnderWay("social", Topic.FOLLOWS, "signal-service.follows");

    /** Of signals, on their way to the records of their creators. */
    static final UnderWay SIGNALS = new UnderWay("signal", Topic.SIGNALS, "profile-service.signal-records");

    /** Of how people take signals, on its way to the counts of signals. */
    static final UnderWay ENGAGEMENT = new UnderWay("signal", Topic.ENGAGEMENT, "signal-service.engagement-counts");

    /**
     * Waits.
     *
     * @param database a connection as superuser
     * @param bootstrap the broker
     * @throws StackException when something has not arrived within 3 minutes, or Kafka does not answer; one line
     */
    public void awaitArrival(Connection database, String bootstrap) throws SQLException {
        awaitArrival(database, bootstrap, PATIENCE);
    }

    /** Waits no longer than this. */
    void awaitArrival(Connection database, String bootstrap, Duration patience) throws SQLException {
        Instant deadline = Instant.now().plus(patience);
        long last = number(
                database,
                "SELECT coalesce(max(id), 0) FROM " + schema + ".outbox WHERE topic = '" + topic.topicName() + "'");
        while (number(
                        database,
                        "SELECT count(*) FROM " + schema + ".outbox WHERE topic = '" + topic.topicName()
                                + "' AND id <= " + last)
                > 0) {
            pause(deadline, patience, "events wait in the outbox of " + schema);
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000"))) {
            Map<TopicPartition, Long> ends = ends(admin);
            while (!arrived(admin, ends)) {
                pause(deadline, patience, group + " has yet to apply events");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(10, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private boolean arrived(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }

    private static void pause(Instant deadline, Duration patience, String what) {
        if (Instant.now().isAfter(deadline)) {
            throw new StackException("Still " + what + " after " + patience.toSeconds()
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
