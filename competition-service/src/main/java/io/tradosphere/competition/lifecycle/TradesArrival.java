package io.tradosphere.competition.lifecycle;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tradosphere.competition.scoring.TradeScores;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the trades that were under way when a competition ended have been scored: whether the consumer group has got past
 * everything that stood in the topic when this was first asked.
 */
@ApplicationScoped
class TradesArrival {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final String group;
    private final KafkaSettings settings;
    private volatile Known known = new Known(Set.of(), Mark.NONE);
    private Admin admin;

    TradesArrival(Slice slice, KafkaSettings settings) {
        this.group = slice.service() + "." + TradeScores.PURPOSE;
        this.settings = settings;
    }

    /**
     * Those of the competitions, all of them at their end, whose trades have all been scored. Asking again and again gets there,
     * however much is added to the topic meanwhile.
     *
     * @return fails while Kafka is away
     */
    Uni<Set<UUID>> of(Collection<UUID> ended) {
        Set<UUID> arrived = common(known.arrived(), ended);
        Set<UUID> waiting = new HashSet<>(ended);
        waiting.removeAll(arrived);
        if (waiting.isEmpty()) {
            return Uni.createFrom().item(arrived);
        }
        Mark pending = known.pending();
        Uni<Mark> mark = common(waiting, pending.competitions()).isEmpty()
                ? ends().map(ends -> new Mark(waiting, ends))
                : Uni.createFrom().item(pending);
        return mark.chain(at -> committed().map(committed -> {
            boolean passed = at.isPassedBy(committed);
            if (passed) {
                arrived.addAll(common(waiting, at.competitions()));
            }
            known = new Known(Set.copyOf(arrived), passed ? Mark.NONE : at);
            return arrived;
        }));
    }

    private static Set<UUID> common(Set<UUID> some, Collection<UUID> others) {
        Set<UUID> common = new HashSet<>(some);
        common.retainAll(others);
        return common;
    }

    void close(@Observes ShutdownEvent stopped) {
        synchronized (this) {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Up to where there is something to read; of a partition without anything, nothing. */
    private Uni<Map<TopicPartition, Long>> ends() {
        return offsets(OffsetSpec.latest())
                .chain(ends -> offsets(OffsetSpec.earliest()).map(beginnings -> {
                    Map<TopicPartition, Long> filled = new HashMap<>();
                    ends.forEach((partition, end) -> {
                        // Records that have expired unread will never be committed.
                        if (end.offset() > beginnings.get(partition).offset()) {
                            filled.put(partition, end.offset());
                        }
                    });
                    return filled;
                }));
    }

    private Uni<Map<TopicPartition, ListOffsetsResultInfo>> offsets(OffsetSpec which) {
        return uni(() -> admin().listOffsets(IntStream.range(0, Topic.TRADES.partitions())
                        .mapToObj(partition -> new TopicPartition(Topic.TRADES.topicName(), partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> which)))
                .all());
    }

    private Uni<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return uni(() -> admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static <T> Uni<T> uni(Supplier<KafkaFuture<T>> asked) {
        // A new client looks its brokers' names up, which no event loop should wait for.
        return Uni.createFrom()
                .completionStage(() -> asked.get().toCompletionStage())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Kept, since a new one would have to get to know the brokers again. */
    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> config = settings.forAdmin();
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            admin = create(config);
        }
        return admin;
    }

    /** Kafka finds its own classes by the thread's class loader, which need not know them. */
    private static Admin create(Map<String, Object> config) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try {
            return Admin.create(config);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * What has been found out so far.
     *
     * @param arrived competitions whose trades have all been scored
     * @param pending what is waited for at present
     */
    private record Known(Set<UUID> arrived, Mark pending) {}

    /**
     * Where the topic ended once these competitions had.
     *
     * @param ends of the partitions that had anything to read
     */
    private record Mark(Set<UUID> competitions, Map<TopicPartition, Long> ends) {

        static final Mark NONE = new Mark(Set.of(), Map.of());

        boolean isPassedBy(Map<TopicPartition, OffsetAndMetadata> committed) {
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata at = committed.get(end.getKey());
                return at != null && at.offset() >= end.getValue();
            });
        }
    }
}
