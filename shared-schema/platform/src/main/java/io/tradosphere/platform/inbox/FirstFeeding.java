package io.tradosphere.platform.inbox;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
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
 * Has partitions that never fed this database read from their beginning. The offsets that a group has committed belong to the
 * database it fed then, and are worth nothing to an empty one.
 */
final class FirstFeeding implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(FirstFeeding.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String FED = "SELECT topic, partition FROM fed_partitions WHERE consumer_group = $1";
    private static final String NOTE = """
            INSERT INTO fed_partitions (consumer_group, topic, partition)
            SELECT $1, t.topic, t.partition FROM unnest($2::text[], $3::int[]) AS t(topic, partition)
            ON CONFLICT DO NOTHING
            """;

    private final Slice slice;
    private final String group;
    private final Consumer<?, ?> consumer;
    private final Set<TopicPartition> unfed = new HashSet<>();

    FirstFeeding(Slice slice, String group, Consumer<?, ?> consumer) {
        this.slice = slice;
        this.group = group;
        this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (assigned.isEmpty()) {
            return;
        }
        Set<TopicPartition> fed = slice
                .workOnce(FED, group)
                .map(rows -> Rows.list(rows, row -> new TopicPartition(row.getString(0), row.getInteger(1))))
                .await()
                .atMost(TIMEOUT)
                .stream()
                .collect(Collectors.toSet());
        Set<TopicPartition> first =
                assigned.stream().filter(partition -> !fed.contains(partition)).collect(Collectors.toSet());
        if (!first.isEmpty()) {
            LOG.infof("%s reads %d partitions from their beginning", group, first.size());
            consumer.seekToBeginning(first);
            unfed.addAll(first);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        unfed.removeAll(revoked);
    }

    /** Notes, once their first batch is applied and committed, that these have fed the database. */
    void fed(Set<TopicPartition> partitions) {
        Set<TopicPartition> news = partitions.stream().filter(unfed::contains).collect(Collectors.toSet());
        if (news.isEmpty()) {
            return;
        }
        slice.workOnce(
                        NOTE,
                        group,
                        news.stream().map(TopicPartition::topic).toArray(String[]::new),
                        news.stream().map(TopicPartition::partition).toArray(Integer[]::new))
                .await()
                .atMost(TIMEOUT);
        unfed.removeAll(news);
    }
}
