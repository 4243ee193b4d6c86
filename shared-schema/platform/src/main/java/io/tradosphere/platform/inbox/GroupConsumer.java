package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
import io.tradosphere.telemetry.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * A Kafka consumer that applies batches to the database. It commits the transaction first and the offset second. A transient
 * failure is retried from the same offset for as long as it lasts, and holds up its partition alone. A record that can never be
 * applied goes to the dead-letter queue; the others of its batch are applied.
 */
final class GroupConsumer<E extends Event> {

    private static final Logger LOG = Logger.getLogger(GroupConsumer.class);
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);
    /** The time for all batches of one poll. Two batches longer than that would cost the consumer its place in the group. */
    private static final Duration POLL_BUDGET = Duration.ofMinutes(4);

    private final EventConsumer<E> eventConsumer;
    private final BatchApplier<E> applier;
    private final SliceDatabase slice;
    private final KafkaSettings settings;
    private final TopicNames names;
    private final Subscription subscription;
    private final String group;
    private final PartitionFailures failures = new PartitionFailures();
    private final GroupMetrics metrics;
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean stopping;
    private boolean uncommitted;
    private final Set<TopicPartition> skipped = new HashSet<>();

    GroupConsumer(
            EventConsumer<E> eventConsumer,
            SliceDatabase slice,
            KafkaSettings settings,
            TopicNames names,
            DeadLetterQueue deadLetters,
            MeterRegistry registry,
            Tracing tracing) {
        this.eventConsumer = eventConsumer;
        this.slice = slice;
        this.settings = settings;
        this.names = names;
        this.group = slice.service() + "." + eventConsumer.purpose();
        this.subscription = new Subscription(eventConsumer.topics(), group, names);
        this.metrics = new GroupMetrics(registry, group, eventConsumer.topics(), failures);
        this.applier = new BatchApplier<>(eventConsumer, slice, group, subscription, deadLetters, metrics, tracing);
        this.thread = new Thread(this::run, "consumer-" + eventConsumer.purpose());
        this.thread.setDaemon(true);
        this.thread.setUncaughtExceptionHandler((ended, error) -> {
            LOG.errorf(error, "%s has ended; restart the service", group);
            failures.disconnected(error);
        });
        refuseInboxOnCompactedTopics();
    }

    /** The group's name in the event contract. */
    String group() {
        return group;
    }

    /** The topics that it reads. */
    Collection<Topic> topics() {
        return eventConsumer.topics();
    }

    /** The failure that has lasted longest; empty when every partition makes progress. */
    Optional<PartitionFailures.Failure> longestFailure() {
        return failures.longest();
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
        metrics.remove();
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseInboxOnCompactedTopics() {
        for (Topic topic : eventConsumer.topics()) {
            if (topic.isCompacted() && eventConsumer.dedup() == EventConsumer.Dedup.INBOX) {
                throw new IllegalStateException(group + " reads " + topic.topicName()
                        + ", a compacted topic, which outlives every inbox. Deduplicate by sequence.");
            }
        }
    }

    private void run() {
        while (!stopping) {
            try (KafkaConsumer<String, byte[]> opened =
                    new KafkaConsumer<>(settings.forConsumer(names.inKafka(group)))) {
                consumer = opened;
                InitialOffsets initialOffsets = new InitialOffsets(slice, group, opened);
                opened.subscribe(subscription.pattern(), initialOffsets);
                consume(opened, initialOffsets);
            } catch (WakeupException | InterruptException awoken) {
                LOG.debugf("%s is requested to stop", group);
            } catch (RuntimeException failure) {
                // Such as a broker whose name does not resolve yet. A failed consumer cannot be reused.
                long delay = failures.disconnected(failure).delay().toMillis();
                LOG.warnf("%s reconnects in %d ms: %s", group, delay, failure.getMessage());
                sleep(delay);
            } finally {
                consumer = null;
            }
        }
    }

    private void consume(KafkaConsumer<String, byte[]> opened, InitialOffsets initialOffsets) {
        while (!stopping) {
            Set<TopicPartition> due = failures.due();
            due.retainAll(opened.assignment());
            opened.resume(due);
            ConsumerRecords<String, byte[]> records = opened.poll(failures.untilNextRetry(POLL_TIMEOUT));
            failures.connected();
            failures.retain(opened.assignment());
            recordLag(opened);
            Map<TopicPartition, RuntimeException> failed = apply(records);
            failed.forEach((partition, failure) -> retryLater(opened, partition, records, failure));
            Set<TopicPartition> applied = new HashSet<>(records.partitions());
            applied.removeAll(failed.keySet());
            applied.forEach(failures::recovered);
            uncommitted |= !applied.isEmpty();
            if (uncommitted) {
                commit(opened, initialOffsets, applied);
            }
        }
    }

    /** A commit that fails is repeated after the next poll, which also completes a rebalance. */
    private void commit(
            KafkaConsumer<String, byte[]> opened, InitialOffsets initialOffsets, Set<TopicPartition> applied) {
        try {
            opened.commitSync();
            uncommitted = false;
        } catch (CommitFailedException lost) {
            LOG.infof("%s has lost its partitions; they are read again: %s", group, lost.getMessage());
            uncommitted = false;
            return;
        } catch (RebalanceInProgressException | RetriableException transientFailure) {
            LOG.warnf("%s commits its offsets later: %s", group, transientFailure.getMessage());
            return;
        }
        initialOffsets.consumed(applied);
    }

    private void retryLater(
            KafkaConsumer<String, byte[]> opened,
            TopicPartition partition,
            ConsumerRecords<String, byte[]> records,
            RuntimeException failure) {
        if (!opened.assignment().contains(partition)) {
            return;
        }
        List<ConsumerRecord<String, byte[]>> refused = records.records(partition);
        opened.seek(partition, refused.get(0).offset());
        opened.pause(Set.of(partition));
        LOG.warnf(
                "%s retries %d events of %s in %d ms: %s",
                group,
                refused.size(),
                partition,
                failures.failed(partition, failure).delay().toMillis(),
                failure.getMessage());
    }

    /**
     * Applies all records of a poll. Partitions that make progress form one batch. When that fails, and for partitions that failed
     * before, each partition is a batch of its own.
     *
     * @return the partitions that failed
     */
    private Map<TopicPartition, RuntimeException> apply(ConsumerRecords<String, byte[]> records) {
        Instant deadline = Instant.now().plus(POLL_BUDGET);
        Map<TopicPartition, RuntimeException> failed = new HashMap<>();
        Set<TopicPartition> alone = new LinkedHashSet<>(records.partitions());
        Set<TopicPartition> together = new LinkedHashSet<>(records.partitions());
        together.removeIf(failures::isFailing);
        RuntimeException failure = applyAll(records, together);
        if (failure == null) {
            alone.removeAll(together);
        } else if (together.size() == 1) {
            alone.removeAll(together);
            together.forEach(partition -> failed.put(partition, failure));
        }
        // Those for which there was no time go first, so that one slow partition cannot starve the others.
        List<TopicPartition> ordered = new ArrayList<>(alone);
        ordered.sort(Comparator.comparing(partition -> !skipped.contains(partition)));
        skipped.clear();
        for (TopicPartition partition : ordered) {
            if (Instant.now().isAfter(deadline)) {
                skipped.add(partition);
                failed.put(partition, new IllegalStateException("the other partitions took all the time"));
                continue;
            }
            RuntimeException own = applyAll(records, Set.of(partition));
            if (own != null) {
                failed.put(partition, own);
            }
        }
        return failed;
    }

    /** Applies the records of these partitions as one batch; returns its failure, or null. */
    private RuntimeException applyAll(ConsumerRecords<String, byte[]> records, Set<TopicPartition> partitions) {
        try {
            applier.apply(partitions.stream()
                    .flatMap(partition -> records.records(partition).stream())
                    .toList());
            return null;
        } catch (RuntimeException failure) {
            return failure;
        }
    }

    private void recordLag(KafkaConsumer<?, ?> opened) {
        Map<Topic, Long> lags = new EnumMap<>(Topic.class);
        for (TopicPartition partition : opened.assignment()) {
            opened.currentLag(partition)
                    .ifPresent(lag -> lags.merge(subscription.topicOf(partition.topic()), lag, Long::sum));
        }
        metrics.lags(lags);
    }

    /** Ends early at shutdown. Without an interrupt, the consumer can still leave its group cleanly. */
    private void sleep(long millis) {
        try {
            if (stop.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debugf("%s stops", group);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
