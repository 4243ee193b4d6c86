package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * One member of one consumer group: reads a batch, applies it in one transaction, commits the transaction and then the offset. A
 * passing trouble is tried again from the same offset for as long as it lasts; a record that can never be applied is parked,
 * alone, and the rest of its batch goes on.
 */
final class GroupConsumer<E extends Event> {

    private static final Logger LOG = Logger.getLogger(GroupConsumer.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration BATCH_TIMEOUT = Duration.ofMinutes(4);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Effect<E> effect;
    private final Slice slice;
    private final KafkaSettings settings;
    private final DeadLetterOffice deadLetters;
    private final Inbox<E> inbox;
    private final String group;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean stopping;

    GroupConsumer(
            Effect<E> effect,
            Slice slice,
            KafkaSettings settings,
            DeadLetterOffice deadLetters,
            MeterRegistry metrics) {
        this.effect = effect;
        this.slice = slice;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.group = slice.service() + "." + effect.purpose();
        this.inbox = new Inbox<>(group);
        this.thread = new Thread(this::run, "consumer-" + effect.purpose());
        this.thread.setDaemon(true);
        refuseInboxOnCompactedTopics();
        for (Topic topic : effect.topics()) {
            Gauge.builder("tradosphere.consumer.lag", lags, known -> known.getOrDefault(topic.topicName(), 0L))
                    .description("Records of the topic that this replica has yet to apply")
                    .tag("group", group)
                    .tag("topic", topic.topicName())
                    .register(metrics);
        }
    }

    void start() {
        thread.start();
    }

    void requestStop() {
        stopping = true;
        KafkaConsumer<String, byte[]> running = consumer;
        if (running != null) {
            running.wakeup();
        }
        stop.countDown();
    }

    void awaitStop() {
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseInboxOnCompactedTopics() {
        for (Topic topic : effect.topics()) {
            if (topic.isCompacted() && effect.once() == Effect.Once.BY_INBOX) {
                throw new IllegalStateException(group + " reads " + topic.topicName()
                        + ", which is compacted and outlives every inbox: its effect must go by sequence.");
            }
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> opened = new KafkaConsumer<>(settings.forConsumer(group))) {
                consumer = opened;
                FirstFeeding feeding = new FirstFeeding(slice, group, opened);
                opened.subscribe(effect.topics().stream().map(Topic::topicName).toList(), feeding);
                consume(opened, feeding);
            } catch (WakeupException | InterruptException awoken) {
                LOG.debugf("%s is told to stop", group);
            } catch (RuntimeException trouble) {
                // Such as a broker whose name does not resolve yet: a consumer that failed is not to be used again.
                LOG.warnf("%s begins anew in %d ms: %s", group, pause, trouble.getMessage());
                rest(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            } finally {
                consumer = null;
            }
        }
    }

    private void consume(KafkaConsumer<String, byte[]> opened, FirstFeeding feeding) {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopping) {
            ConsumerRecords<String, byte[]> records = opened.poll(POLL);
            noteLag(opened);
            if (records.isEmpty()) {
                continue;
            }
            try {
                apply(records);
                opened.commitSync();
                feeding.fed(records.partitions());
                pause = FIRST_PAUSE_MILLIS;
            } catch (WakeupException | InterruptException awoken) {
                throw awoken;
            } catch (RuntimeException trouble) {
                rewind(opened, records);
                if (!stopping) {
                    LOG.warnf(
                            "%s tries %d events again in %d ms: %s",
                            group, records.count(), pause, trouble.getMessage());
                    rest(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            }
        }
    }

    private void apply(ConsumerRecords<String, byte[]> records) {
        List<Readable<E>> readable = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                Optional<Delivery<E>> delivery = Deliveries.read(record);
                delivery.ifPresent(known -> readable.add(new Readable<>(record, known)));
            } catch (UnreadableRecord unreadable) {
                deadLetters.park(group, record, unreadable.getMessage());
            }
        }
        try {
            apply(readable);
        } catch (RuntimeException failure) {
            if (SqlFailure.of(failure) != SqlFailure.REFUSED) {
                throw failure;
            }
            applyOneByOne(readable);
        }
    }

    /** After a batch that the database refused: finds those at fault, so that the others are applied all the same. */
    private void applyOneByOne(List<Readable<E>> readable) {
        for (Readable<E> one : readable) {
            try {
                apply(List.of(one));
            } catch (RuntimeException failure) {
                if (SqlFailure.of(failure) != SqlFailure.REFUSED) {
                    throw failure;
                }
                deadLetters.park(group, one.record(), "The database refuses its effect: " + failure.getMessage());
            }
        }
    }

    private void apply(List<Readable<E>> readable) {
        if (readable.isEmpty()) {
            return;
        }
        Batch<E> batch = new Batch<>(readable.stream().map(Readable::delivery).toList());
        effect.prepare(batch)
                .chain(() -> slice.work(tx -> {
                    Uni<Batch<E>> fresh = effect.once() == Effect.Once.BY_INBOX
                            ? inbox.unseen(tx, batch)
                            : Uni.createFrom().item(batch);
                    return fresh.chain(
                            unseen -> unseen.isEmpty() ? Uni.createFrom().voidItem() : effect.apply(tx, unseen));
                }))
                .await()
                .atMost(BATCH_TIMEOUT);
    }

    private static void rewind(KafkaConsumer<?, ?> opened, ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            if (opened.assignment().contains(partition)) {
                opened.seek(partition, records.records(partition).get(0).offset());
            }
        }
    }

    private void noteLag(KafkaConsumer<?, ?> opened) {
        lags.clear();
        for (TopicPartition partition : opened.assignment()) {
            opened.currentLag(partition).ifPresent(lag -> lags.merge(partition.topic(), lag, Long::sum));
        }
    }

    /** Cut short when the service stops; an interrupt would keep the consumer from leaving its group in good order. */
    private void rest(long millis) {
        try {
            if (stop.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debugf("%s stops", group);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private record Readable<E extends Event>(ConsumerRecord<String, byte[]> record, Delivery<E> delivery) {}
}
