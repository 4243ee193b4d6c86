package io.tradosphere.cli.replay;

import io.tradosphere.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A reader of dead letters and of the records that they come from. */
final class LetterReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;

    LetterReader(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * The dead letters of a topic.
     *
     * @param partition their only partition
     * @param end the offset after the last
     * @param records the letters, without erased ones
     */
    record Letters(TopicPartition partition, long end, List<ConsumerRecord<byte[], byte[]>> records) {}

    /**
     * Reads all letters that exist at the call.
     *
     * @throws StackException when the broker does not deliver them; one line
     */
    Letters read(String deadLetterTopic) {
        TopicPartition partition = new TopicPartition(deadLetterTopic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        long until = System.nanoTime() + TIMEOUT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - until > 0) {
                throw new StackException("Kafka did not deliver " + deadLetterTopic + " within " + TIMEOUT.toMinutes()
                        + " minutes. Nothing is lost; try again.");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                boolean wasErased = record.value() == null;
                if (!wasErased && record.offset() < end) {
                    letters.add(record);
                }
            }
        }
        return new Letters(partition, end, letters);
    }

    /** The record at a position of a topic; empty when it has expired. */
    Optional<ConsumerRecord<byte[], byte[]>> at(String topic, Letter.Origin origin) {
        TopicPartition partition = new TopicPartition(topic, origin.partition());
        consumer.assign(List.of(partition));
        if (origin.offset() < consumer.beginningOffsets(List.of(partition)).get(partition)
                || origin.offset() >= consumer.endOffsets(List.of(partition)).get(partition)) {
            return Optional.empty();
        }
        consumer.seek(partition, origin.offset());
        long until = System.nanoTime() + RECORD_TIMEOUT.toNanos();
        while (System.nanoTime() - until < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() == origin.offset() ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
