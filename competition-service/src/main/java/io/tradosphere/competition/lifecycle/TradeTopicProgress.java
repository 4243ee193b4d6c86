package io.tradosphere.competition.lifecycle;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tradosphere.competition.scoring.TradeScores;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
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
 * Checks whether the trades reported before a competition's end are scored. It records the trade topic's end offsets and
 * compares them with the consumer group's committed offsets.
 */
@ApplicationScoped
class TradeTopicProgress {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final String group;
    private final String topic;
    private final KafkaSettings settings;
    private volatile State state = new State(Set.of(), Checkpoint.NONE);
    private Admin admin;

    TradeTopicProgress(SliceDatabase slice, KafkaSettings settings, TopicNames names) {
        this.group = names.inKafka(slice.service() + "." + TradeScores.PURPOSE);
        this.topic = names.of(Topic.TRADES);
        this.settings = settings;
    }

    /**
     * The competitions whose trades are all scored. The recorded offsets stay fixed between calls, so polling terminates even
     * while the topic grows.
     *
     * @param ended competitions whose end has passed
     * @return fails while Kafka is unavailable
     */
    Uni<Set<UUID>> scored(Collection<UUID> ended) {
        Set<UUID> scored = intersection(state.scored(), ended);
        Set<UUID> unscored = new HashSet<>(ended);
        unscored.removeAll(scored);
        if (unscored.isEmpty()) {
            return Uni.createFrom().item(scored);
        }
        Checkpoint pending = state.pending();
        Uni<Checkpoint> checkpoint =
                intersection(unscored, pending.competitions()).isEmpty()
                        ? ends().map(ends -> new Checkpoint(unscored, ends))
                        : Uni.createFrom().item(pending);
        return checkpoint.chain(at -> committed().map(committed -> {
            boolean passed = at.isPassedBy(committed);
            if (passed) {
                scored.addAll(intersection(unscored, at.competitions()));
            }
            state = new State(Set.copyOf(scored), passed ? Checkpoint.NONE : at);
            return scored;
        }));
    }

    private static Set<UUID> intersection(Set<UUID> some, Collection<UUID> others) {
        Set<UUID> intersection = new HashSet<>(some);
        intersection.retainAll(others);
        return intersection;
    }

    void close(@Observes ShutdownEvent stopped) {
        synchronized (this) {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** The end offsets of the partitions that hold records. */
    private Uni<Map<TopicPartition, Long>> ends() {
        return offsets(OffsetSpec.latest())
                .chain(ends -> offsets(OffsetSpec.earliest()).map(beginnings -> {
                    Map<TopicPartition, Long> filled = new HashMap<>();
                    ends.forEach((partition, end) -> {
                        // The group never commits offsets of records that expired unread.
                        if (end.offset() > beginnings.get(partition).offset()) {
                            filled.put(partition, end.offset());
                        }
                    });
                    return filled;
                }));
    }

    private Uni<Map<TopicPartition, ListOffsetsResultInfo>> offsets(OffsetSpec spec) {
        return uni(() -> admin().listOffsets(IntStream.range(0, Topic.TRADES.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all());
    }

    private Uni<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return uni(() -> admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static <T> Uni<T> uni(Supplier<KafkaFuture<T>> request) {
        // A new client resolves the brokers' host names, which would block the event loop.
        return Uni.createFrom()
                .completionStage(() -> request.get().toCompletionStage())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Reused, since a new client has to fetch the cluster metadata again. */
    private synchronized Admin admin() {
        if (admin == null) {
            Map<String, Object> config = settings.forAdmin();
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
            admin = create(config);
        }
        return admin;
    }

    /** Kafka loads its classes by the thread's context class loader, which may not know them. */
    private static Admin create(Map<String, Object> config) {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try {
            return Admin.create(config);
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    /**
     * The progress known so far.
     *
     * @param scored competitions whose trades are all scored
     * @param pending the checkpoint that has not been reached
     */
    private record State(Set<UUID> scored, Checkpoint pending) {}

    /**
     * The topic's end offsets, read after these competitions ended.
     *
     * @param ends by partition, without empty partitions
     */
    private record Checkpoint(Set<UUID> competitions, Map<TopicPartition, Long> ends) {

        static final Checkpoint NONE = new Checkpoint(Set.of(), Map.of());

        boolean isPassedBy(Map<TopicPartition, OffsetAndMetadata> committed) {
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata at = committed.get(end.getKey());
                return at != null && at.offset() >= end.getValue();
            });
        }
    }
}
