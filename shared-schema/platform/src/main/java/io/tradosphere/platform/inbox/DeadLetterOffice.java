package io.tradosphere.platform.inbox;

import io.quarkus.runtime.ShutdownEvent;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Parks records that can never be applied in {@code <topic>.<group>.dlq}, whole, with the reason, and keeps a list of them by
 * which a person's letters can be found and erased.
 */
@ApplicationScoped
class DeadLetterOffice {

    private static final Logger LOG = Logger.getLogger(DeadLetterOffice.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NOTE = """
            INSERT INTO dead_letters (topic, consumer_group, partition, record_offset, letter_key, reason)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
            """;
    /** Compacted, so that a letter can be erased by its key; never expired, so that nothing is dropped. */
    private static final Map<String, String> TOPIC_CONFIG =
            Map.of("cleanup.policy", "compact,delete", "retention.ms", "-1", "max.compaction.lag.ms", "604800000");

    private final Slice slice;
    private final KafkaSettings settings;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private KafkaProducer<String, byte[]> producer;

    DeadLetterOffice(Slice slice, KafkaSettings settings) {
        this.slice = slice;
        this.settings = settings;
    }

    /** Parks a record; returns once it is safe. Parking it again changes nothing: its key says where it came from. */
    synchronized void park(String group, ConsumerRecord<String, byte[]> record, String reason) {
        String letters = record.topic() + "." + group + ".dlq";
        String letterKey =
                (record.key() == null ? "" : record.key()) + "#" + record.partition() + "-" + record.offset();
        LOG.errorf("%s parks %s in %s: %s", group, letterKey, letters, reason);
        try {
            create(letters);
            producer().send(letter(letters, letterKey, record, reason)).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("The dead letter cannot be parked: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while parking a dead letter", interrupted);
        }
        slice.workOnce(
                        NOTE,
                        record.topic(),
                        group,
                        record.partition(),
                        record.offset(),
                        storable(letterKey),
                        storable(reason))
                .await()
                .atMost(TIMEOUT);
    }

    void close(@Observes ShutdownEvent stopped) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    private static ProducerRecord<String, byte[]> letter(
            String letters, String letterKey, ConsumerRecord<String, byte[]> record, String reason) {
        // An empty value would erase the letter at once: a parked tombstone stands as no bytes at all, and says so.
        byte[] body = record.value() == null ? new byte[0] : record.value();
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(letters, letterKey, body);
        for (Header header : record.headers()) {
            letter.headers().add(header);
        }
        if (record.key() != null) {
            letter.headers().add("dlq_key", record.key().getBytes(StandardCharsets.UTF_8));
        }
        if (record.value() == null) {
            letter.headers().add("dlq_tombstone", "true".getBytes(StandardCharsets.UTF_8));
        }
        letter.headers().add("dlq_reason", reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add("dlq_topic", record.topic().getBytes(StandardCharsets.UTF_8));
        letter.headers()
                .add("dlq_partition", Integer.toString(record.partition()).getBytes(StandardCharsets.UTF_8));
        letter.headers().add("dlq_offset", Long.toString(record.offset()).getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    private void create(String letters) throws ExecutionException, InterruptedException, TimeoutException {
        if (known.contains(letters)) {
            return;
        }
        try (Admin admin = Admin.create(settings.forAdmin())) {
            NewTopic topic = new NewTopic(letters, Optional.of(1), Optional.empty()).configs(TOPIC_CONFIG);
            admin.createTopics(List.of(topic)).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
        known.add(letters);
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings.forProducer());
        }
        return producer;
    }

    /** PostgreSQL's text holds no NUL, and a stranger's record may well. */
    private static String storable(String reason) {
        return reason.replace("\0", "");
    }
}
