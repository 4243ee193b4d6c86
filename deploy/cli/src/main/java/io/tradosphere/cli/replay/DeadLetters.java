package io.tradosphere.cli.replay;

import io.tradosphere.stack.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of one consumer group from one topic.
 *
 * @param bootstrap the broker's address
 * @param topic the original topic
 * @param group the consumer group that could not apply them
 */
public record DeadLetters(String bootstrap, String topic, String group) {

    private static final int SECONDS = 30;
    private static final long PAUSE_MILLIS = 200;
    private static final int MAX_LETTER_BYTES = 2 * 1024 * 1024;

    /**
     * What a replay did.
     *
     * @param origins the original positions of the replayed letters
     * @param expired letters that stay, since they are shortened and their topic no longer holds the whole record
     * @param end where the group's replay topic ended afterwards
     */
    public record Replayed(List<Letter.Origin> origins, int expired, long end) {}

    /** The topic that holds the dead letters. */
    public String deadLetterTopic() {
        return topic + "." + group + ".dlq";
    }

    /** The topic by which the group, and no other, gets its dead letters again. */
    public String replayTopic() {
        return topic + "." + group + ".replay";
    }

    /**
     * Publishes every dead letter to the group's replay topic, with its key and headers. Deletes it from the dead-letter
     * topic once the broker has acknowledged it. An interrupted replay may publish letters twice. Consumers ignore
     * repeated events.
     *
     * @throws StackException when there are no letters, or the broker fails; one line
     */
    public Replayed replay() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
                LetterReader reader = new LetterReader(bootstrap)) {
            if (!admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).contains(deadLetterTopic())) {
                throw new StackException("No dead letters: there is no topic " + deadLetterTopic() + ".");
            }
            ensureReplayTopic(admin);
            LetterReader.Letters letters = reader.read(deadLetterTopic());
            List<ProducerRecord<byte[], byte[]>> replayed = new ArrayList<>();
            List<ProducerRecord<byte[], byte[]>> kept = new ArrayList<>();
            List<Letter.Origin> origins = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : letters.records()) {
                Letter letter = new Letter(record);
                Optional<ConsumerRecord<byte[], byte[]>> whole = letter.isShortened()
                        ? letter.origin().flatMap(at -> reader.at(topic, at))
                        : Optional.of(record);
                if (whole.isPresent()) {
                    replayed.add(letter.replay(replayTopic(), whole.get()));
                    letter.origin().ifPresent(origins::add);
                } else {
                    kept.add(new ProducerRecord<>(
                            deadLetterTopic(), null, record.key(), record.value(), record.headers()));
                }
            }
            // A kept letter moves to the end first: deletion is by offset. A tombstone might erase what is parked
            // meanwhile.
            publish(kept);
            long end = publish(replayed);
            admin.deleteRecords(Map.of(letters.partition(), RecordsToDelete.beforeOffset(letters.end())))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
            return new Replayed(origins, kept.size(), end);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka failed: " + e.getMessage() + ". Nothing is lost; try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /**
     * Waits until the group has read its replay topic up to there.
     *
     * @return false when it has not within the time
     */
    public boolean awaitRead(long end, Duration timeout) {
        Instant deadline = Instant.now().plus(timeout);
        TopicPartition partition = new TopicPartition(replayTopic(), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            while (true) {
                OffsetAndMetadata at = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(SECONDS, TimeUnit.SECONDS)
                        .get(partition);
                if (at != null && at.offset() >= end) {
                    return true;
                }
                if (Instant.now().isAfter(deadline)) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka failed: " + e.getMessage() + ". The replay itself is complete.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private void ensureReplayTopic(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic replay = new NewTopic(replayTopic(), Optional.of(1), Optional.empty())
                .configs(Map.of("retention.ms", "86400000", "max.message.bytes", String.valueOf(MAX_LETTER_BYTES)));
        try {
            admin.createTopics(List.of(replay)).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Publishes the records in order; returns the offset after the last. */
    private long publish(List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (records.isEmpty()) {
            return 0;
        }
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            long end = 0;
            for (Future<RecordMetadata> send : sent) {
                end = send.get(SECONDS, TimeUnit.SECONDS).offset() + 1;
            }
            return end;
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_LETTER_BYTES,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "60000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
