package io.tradosphere.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.telemetry.Part;
import io.tradosphere.telemetry.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies records of a consumer group as batches. Records that can never be applied become dead letters, alone. */
final class BatchApplier<E extends Event> {

    private static final Duration BATCH_TIMEOUT = Duration.ofMinutes(4);

    private final EventConsumer<E> eventConsumer;
    private final SliceDatabase slice;
    private final String group;
    private final Subscription subscription;
    private final DeadLetterQueue deadLetters;
    private final Inbox<E> inbox;
    private final GroupMetrics metrics;
    private final Tracing tracing;

    BatchApplier(
            EventConsumer<E> eventConsumer,
            SliceDatabase slice,
            String group,
            Subscription subscription,
            DeadLetterQueue deadLetters,
            GroupMetrics metrics,
            Tracing tracing) {
        this.eventConsumer = eventConsumer;
        this.slice = slice;
        this.group = group;
        this.subscription = subscription;
        this.deadLetters = deadLetters;
        this.inbox = new Inbox<>(group);
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /**
     * Applies the records as one batch.
     *
     * @throws RuntimeException when a retry of all of them may succeed
     */
    void apply(List<ConsumerRecord<String, byte[]>> records) {
        List<Readable<E>> readable = new ArrayList<>(records.size());
        records.forEach(record -> read(record).ifPresent(readable::add));
        try {
            applyBatch(readable);
        } catch (RuntimeException failure) {
            if (SqlFailure.of(failure) != SqlFailure.REFUSED) {
                throw failure;
            }
            applyOneByOne(readable);
        }
        metrics.read(records.size());
    }

    private Optional<Readable<E>> read(ConsumerRecord<String, byte[]> record) {
        try {
            Optional<Delivery<E>> delivery = Deliveries.read(subscription.topicOf(record.topic()), record);
            return delivery.map(known -> traced(record, known));
        } catch (UnreadableRecordException unreadable) {
            park(record, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Readable<E> traced(ConsumerRecord<String, byte[]> record, Delivery<E> delivery) {
        if (!tracing.isOn() || delivery.traceparent() == null) {
            return new Readable<>(record, delivery, null);
        }
        Part span = tracing.applied(
                group, delivery.topic().topicName(), delivery.eventId().toString(), delivery.traceparent());
        return new Readable<>(record, delivery.inTrace(span.traceparent()), span);
    }

    private void park(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters.park(group, subscription.originOf(record), record, reason);
        metrics.parked();
    }

    /** Applies a refused batch event by event. Events that the database refuses become dead letters. */
    private void applyOneByOne(List<Readable<E>> readable) {
        for (Readable<E> one : readable) {
            try {
                applyBatch(List.of(one));
            } catch (RuntimeException failure) {
                if (SqlFailure.of(failure) != SqlFailure.REFUSED) {
                    throw failure;
                }
                park(one.record(), "The database refused it: " + failure.getMessage());
            }
        }
    }

    private void applyBatch(List<Readable<E>> readable) {
        if (readable.isEmpty()) {
            return;
        }
        Batch<E> batch = new Batch<>(readable.stream().map(Readable::delivery).toList());
        applyOnce(batch).await().atMost(BATCH_TIMEOUT);
        for (Readable<E> applied : readable) {
            if (applied.span() != null) {
                applied.span().end();
            }
        }
    }

    private Uni<Void> applyOnce(Batch<E> batch) {
        if (eventConsumer instanceof IdempotentConsumer<E> idempotent) {
            return idempotent.apply(batch);
        }
        TransactionalConsumer<E> transactional = (TransactionalConsumer<E>) eventConsumer;
        return slice.asWorker(tx -> unseen(tx, batch)
                .chain(fresh -> fresh.isEmpty() ? Uni.createFrom().voidItem() : transactional.apply(tx, fresh)));
    }

    private Uni<Batch<E>> unseen(Tx tx, Batch<E> batch) {
        return eventConsumer.dedup() == EventConsumer.Dedup.INBOX
                ? inbox.unseen(tx, batch)
                : Uni.createFrom().item(batch);
    }

    /** @param span null when there is none; it ends once the event is applied */
    private record Readable<E extends Event>(ConsumerRecord<String, byte[]> record, Delivery<E> delivery, Part span) {}
}
