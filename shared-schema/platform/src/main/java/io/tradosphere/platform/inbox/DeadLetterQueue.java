package io.tradosphere.platform.inbox;

import io.quarkus.runtime.ShutdownEvent;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.inbox.Subscription.Origin;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * A dead-letter queue for records that can never be applied. Each is written to {@code <topic>.<group>.dlq} with the reason. A
 * table lists them, so that a person's dead letters can be found and erased.
 */
@ApplicationScoped
class DeadLetterQueue {

    private static final Logger LOG = Logger.getLogger(DeadLetterQueue.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String RECORD_LETTER = """
            INSERT INTO dead_letters AS known (topic, consumer_group, partition, record_offset, letter_key, reason, mentions)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (topic, consumer_group, partition, record_offset) DO UPDATE
              SET letter_key = EXCLUDED.letter_key, reason = EXCLUDED.reason, mentions = EXCLUDED.mentions,
                  parked_at = CASE WHEN $8 THEN now() ELSE known.parked_at END
            """;
    /** A record may be read, and parked, after the erasure of a person whom it mentions. */
    private static final String ERASE_LETTER_OF_ERASED = """
            WITH erased_letter AS (
              DELETE FROM dead_letters l WHERE topic = $1 AND consumer_group = $2 AND partition = $3 AND record_offset = $4
                AND EXISTS (
                  SELECT FROM unnest(l.mentions) AS mentioned (id)
                  JOIN erased_profiles e ON e.pseudonym = auth.pseudonym(mentioned.id)
                  WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = mentioned.id))
              RETURNING topic || '.' || consumer_group || '.dlq' AS dlq_topic, letter_key)
            INSERT INTO outbox (topic, key, subject) SELECT dlq_topic, letter_key, letter_key FROM erased_letter
            """;

    private static final Map<String, String> TOPIC_CONFIG = Map.of(
            // Compacted, so that a tombstone erases a letter. Without expiry, so that no letter is lost.
            "cleanup.policy", "compact,delete",
            "retention.ms", "-1",
            "max.compaction.lag.ms", "604800000",
            // More than any other topic takes: a letter is larger than its record.
            "max.message.bytes", Integer.toString(DeadLetter.MAX_LETTER_BYTES));
    /** Replayed records stay for a day at most, since they may hold personal data. */
    private static final Map<String, String> REPLAY_TOPIC_CONFIG = Map.of(
            "cleanup.policy", "delete",
            "retention.ms", "86400000",
            "segment.ms", "3600000",
            "max.message.bytes", Integer.toString(DeadLetter.MAX_LETTER_BYTES));

    private final SliceDatabase slice;
    private final KafkaSettings settings;
    private final TopicNames names;
    private final Set<String> existingTopics = ConcurrentHashMap.newKeySet();
    private KafkaProducer<String, byte[]> producer;

    DeadLetterQueue(SliceDatabase slice, KafkaSettings settings, TopicNames names) {
        this.slice = slice;
        this.settings = settings;
        this.names = names;
    }

    /**
     * Stores a dead letter and blocks until it is durable. Idempotent: the letter's key holds the record's position.
     *
     * @param group the group's name in the event contract
     */
    synchronized void park(String group, Origin origin, ConsumerRecord<String, byte[]> record, String reason) {
        String dlqTopic = names.inKafka(origin.topic().deadLetterTopic(group));
        DeadLetter letter = DeadLetter.of(dlqTopic, origin, record, reason);
        LOG.errorf("%s writes dead letter %s to %s: %s", group, letter.key(), dlqTopic, letter.reason());
        try {
            ensureTopic(dlqTopic, TOPIC_CONFIG);
            ensureTopic(names.inKafka(origin.topic().replayTopic(group)), REPLAY_TOPIC_CONFIG);
            producer().send(letter.record()).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("The dead letter cannot be stored: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while storing a dead letter", interrupted);
        }
        record(origin, group, letter);
    }

    private void record(Origin origin, String group, DeadLetter letter) {
        String topic = origin.topic().topicName();
        slice.asWorker(tx -> tx.execute(
                                RECORD_LETTER,
                                topic,
                                group,
                                origin.partition(),
                                origin.offset(),
                                letter.key(),
                                letter.reason(),
                                letter.mentions().toArray(UUID[]::new),
                                origin.isReplay())
                        .chain(() ->
                                tx.execute(ERASE_LETTER_OF_ERASED, topic, group, origin.partition(), origin.offset())))
                .await()
                .atMost(TIMEOUT);
    }

    void close(@Observes ShutdownEvent stopped) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    private void ensureTopic(String name, Map<String, String> config)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (existingTopics.contains(name)) {
            return;
        }
        try (Admin admin = Admin.create(settings.forAdmin())) {
            NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty()).configs(config);
            admin.createTopics(List.of(topic)).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
        existingTopics.add(name);
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> config = settings.forProducer();
            config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DeadLetter.MAX_LETTER_BYTES);
            producer = new KafkaProducer<>(config);
        }
        return producer;
    }
}
