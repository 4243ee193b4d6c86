package io.tradosphere.platform.reconciliation;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Waits for the events that exist at the call. Later events are ignored, so the wait ends under load too. */
@ApplicationScoped
class EventsInFlight {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long KAFKA_TIMEOUT_SECONDS = 10;
    private static final String LAST = "SELECT coalesce(max(id), 0) FROM outbox WHERE topic = $1";
    private static final String WAITING = "SELECT count(*) FROM outbox WHERE topic = $1 AND id <= $2";

    private final SliceDatabase slice;
    private final KafkaSettings settings;
    private final TopicNames names;
    private Admin admin;

    EventsInFlight(SliceDatabase slice, KafkaSettings settings, TopicNames names) {
        this.slice = slice;
        this.settings = settings;
        this.names = names;
    }

    /**
     * Waits until the events of this topic in this slice's outbox are published.
     *
     * @throws ReconciliationException when the time has passed
     */
    Uni<Void> awaitPublished(Topic topic, Duration timeout) {
        return slice.asWorker(LAST, topic.topicName())
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(last -> repeat(
                        slice.asWorker(WAITING, topic.topicName(), last)
                                .map(rows -> rows.iterator().next().getLong(0) == 0),
                        timeout,
                        "Events still wait in the outbox of " + slice.service()));
    }

    /**
     * Waits until a consumer group of this service has applied what its topic holds.
     *
     * @param purpose the group's purpose
     * @throws ReconciliationException when the time has passed
     */
    Uni<Void> awaitApplied(Topic topic, String purpose, Duration timeout) {
        return blocking(() -> ends(admin(), names.of(topic), topic.partitions()))
                .chain(ends -> repeat(
                        blocking(() -> isApplied(admin(), names.inKafka(slice.service() + "." + purpose), ends)),
                        timeout,
                        slice.service() + "." + purpose + " has not applied all events"));
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Opened by the first reconciliation and kept: an idle client costs nothing. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.forAdmin());
        }
        return admin;
    }

    private static Uni<Void> repeat(Uni<Boolean> done, Duration timeout, String otherwise) {
        Instant deadline = Instant.now().plus(timeout);
        return done.repeat()
                .withDelay(PAUSE)
                .whilst(isDone -> !isDone && Instant.now().isBefore(deadline))
                .collect()
                .last()
                .invoke(isDone -> {
                    if (!isDone) {
                        throw new ReconciliationException(
                                otherwise + " after " + timeout.toSeconds() + " s; try again later.");
                    }
                })
                .replaceWithVoid();
    }

    private static <T> Uni<T> blocking(Call<T> call) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return call.run();
                    } catch (ExecutionException | TimeoutException away) {
                        throw new ReconciliationException("Kafka does not respond: " + away.getMessage());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new ReconciliationException("Interrupted.");
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static boolean isApplied(Admin admin, String group, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }

    private interface Call<T> {
        T run() throws ExecutionException, InterruptedException, TimeoutException;
    }
}
