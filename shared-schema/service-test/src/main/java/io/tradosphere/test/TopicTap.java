package io.tradosphere.test;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.UndecodableEvent;
import io.tradosphere.stack.TestStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Reads a topic as any stranger's client would, and writes what a service would have published. */
public final class TopicTap {

    private static final EventCodec CODEC = new EventCodec();

    private TopicTap() {}

    /** Everything in the topic up to now with this key, in order. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        Properties config = new Properties();
        config.put("bootstrap.servers", TestStack.get().kafkaBootstrap());
        // Closing waits for the answer to the look ahead, by itself half a second where nothing comes.
        config.put("fetch.max.wait.ms", "10");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map((PartitionInfo info) -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                }
            }
            return found;
        }
    }

    /** Waits until the topic holds at least so many records with this key. */
    public static List<ConsumerRecord<String, byte[]>> await(Topic topic, String key, int atLeast) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> records(topic.topicName(), key), found -> found.size() >= atLeast);
    }

    /** The event that a record carries; null for a tombstone. */
    public static Event event(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : CODEC.decode(header(record, Envelope.TYPE), record.value());
        } catch (UndecodableEvent broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }

    /** A header's text; null when the record lacks it. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Publishes an event as its own service would. */
    public static void publish(Event event, UUID eventId, long sequence) {
        Envelope envelope = Envelope.of(event, eventId, "/tradosphere/test", java.time.Instant.now(), sequence, null);
        send(event.topic().topicName(), event.key(), CODEC.encode(event), envelope.toHeaders());
    }

    /** Publishes an event as its own service would, once. */
    public static void publish(Event event, long sequence) {
        publish(event, UUID.randomUUID(), sequence);
    }

    /** Publishes events as their own services would, in this order and as fast as the broker takes them. */
    public static void publishAll(List<? extends Event> events) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (Event event : events) {
            Envelope envelope = Envelope.of(
                    event, UUID.randomUUID(), "/tradosphere/test", java.time.Instant.now(), records.size() + 1L, null);
            records.add(record(event.topic().topicName(), event.key(), CODEC.encode(event), envelope.toHeaders()));
        }
        sendAll(records);
    }

    /** Puts every record of the topic with this key into it once more, as a consumer that starts over would read them. */
    public static void repeat(Topic topic, String key) {
        sendAll(records(topic.topicName(), key).stream()
                .map(record ->
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()))
                .toList());
    }

    /** Puts any record into any topic. */
    public static void send(String topic, String key, byte[] body, Map<String, String> headers) {
        sendAll(List.of(record(topic, key, body, headers)));
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, String key, byte[] body, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static void sendAll(List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", TestStack.get().kafkaBootstrap());
        config.put("acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError("The broker does not take a test's record", failed);
        }
    }
}
