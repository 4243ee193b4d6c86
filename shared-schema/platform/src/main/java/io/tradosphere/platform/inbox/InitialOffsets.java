package io.tradosphere.platform.inbox;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A rebalance listener that reads a partition from its beginning when this database has never consumed it. The group's committed
 * offset may belong to an earlier database, so it is ignored then.
 */
final class InitialOffsets implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(InitialOffsets.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String SELECT_CONSUMED =
            "SELECT topic, partition FROM consumed_partitions WHERE consumer_group = $1";
    private static final String INSERT_CONSUMED = """
            INSERT INTO consumed_partitions (consumer_group, topic, partition)
            SELECT $1, t.topic, t.partition FROM unnest($2::text[], $3::int[]) AS t(topic, partition)
            ON CONFLICT DO NOTHING
            """;

    private final SliceDatabase slice;
    private final String group;
    private final Consumer<?, ?> consumer;
    private final Set<TopicPartition> unconsumed = new HashSet<>();

    InitialOffsets(SliceDatabase slice, String group, Consumer<?, ?> consumer) {
        this.slice = slice;
        this.group = group;
        this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (assigned.isEmpty()) {
            return;
        }
        Set<TopicPartition> consumed = slice
                .asWorker(SELECT_CONSUMED, group)
                .map(rows -> Rows.list(rows, row -> new TopicPartition(row.getString(0), row.getInteger(1))))
                .await()
                .atMost(TIMEOUT)
                .stream()
                .collect(Collectors.toSet());
        Set<TopicPartition> first = assigned.stream()
                .filter(partition -> !consumed.contains(partition))
                .collect(Collectors.toSet());
        if (!first.isEmpty()) {
            LOG.infof("%s reads %d partitions from their beginning", group, first.size());
            consumer.seekToBeginning(first);
            unconsumed.addAll(first);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        unconsumed.removeAll(revoked);
    }

    /** Marks these partitions as consumed, after their first batch is committed. */
    void consumed(Set<TopicPartition> partitions) {
        Set<TopicPartition> newlyConsumed =
                partitions.stream().filter(unconsumed::contains).collect(Collectors.toSet());
        if (newlyConsumed.isEmpty()) {
            return;
        }
        slice.asWorker(
                        INSERT_CONSUMED,
                        group,
                        newlyConsumed.stream().map(TopicPartition::topic).toArray(String[]::new),
                        newlyConsumed.stream().map(TopicPartition::partition).toArray(Integer[]::new))
                .await()
                .atMost(TIMEOUT);
        unconsumed.removeAll(newlyConsumed);
    }
}
