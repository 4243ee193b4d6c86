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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Predicate;
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

/** A reader of topics, like an independent client's. It can also publish events in place of a service. */
public final class TopicReader {

    private static final EventCodec CODEC = new EventCodec();

    private TopicReader() {}

    /** All records of a key that the topic currently holds, in order. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
        return records(topic, (ConsumerRecord<String, byte[]> record) -> key.equals(record.key()));
    }

    /** All records that the topic currently holds and whose key or body has one of these texts. */
    public static List<ConsumerRecord<String, byte[]>> mentioning(Topic topic, Collection<String> texts) {
        return records(topic.topicName(), record -> {
            String all =
                    record.key() + (record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
            return texts.stream().anyMatch(all::contains);
        });
    }

    private static List<ConsumerRecord<String, byte[]>> records(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        Properties config = new Properties();
        config.put("bootstrap.servers", TestStack.get().kafkaBootstrap());
        // close() waits for the pending fetch, which lasts half a second by default without records.
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
                    if (wanted.test(record)) {
                        found.add(record);
                    }
                }
            }
            return found;
        }
    }

    /** Waits until the topic holds at least this number of records with the key. */
    public static List<ConsumerRecord<String, byte[]>> await(Topic topic, String key, int atLeast) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> records(topic.topicName(), key), found -> found.size() >= atLeast);
    }

    /** The event of a record; null for a tombstone. */
    public static Event event(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : CODEC.decode(header(record, Envelope.TYPE), record.value());
        } catch (UndecodableEvent broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }

    /** The text of a header; null when absent. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Publishes an event as its service would, with a given id. */
    public static void publish(Event event, UUID eventId, long sequence) {
        Envelope envelope = Envelope.of(event, eventId, "/tradosphere/test", java.time.Instant.now(), sequence, null);
        send(event.topic().topicName(), event.key(), CODEC.encode(event), envelope.toHeaders());
    }

    /** Publishes an event as its service would, with a new id. */
    public static void publish(Event event, long sequence) {
        publish(event, UUID.randomUUID(), sequence);
    }

    /** Publishes events as their services would, in this order, without waiting for each acknowledgement. */
    public static void publishAll(List<? extends Event> events) {
        publishAll(events, 1);
    }

    /** Publishes events like {@link #publishAll(List)}, with growing sequences from the given one. */
    public static void publishAll(List<? extends Event> events, long firstSequence) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (Event event : events) {
            Envelope envelope = Envelope.of(
                    event,
                    UUID.randomUUID(),
                    "/tradosphere/test",
                    java.time.Instant.now(),
                    firstSequence + records.size(),
                    null);
            records.add(record(event.topic().topicName(), event.key(), CODEC.encode(event), envelope.toHeaders()));
        }
        sendAll(records);
    }

    /** Sends every record of the key to the topic again, to simulate a replay. */
    public static void repeat(Topic topic, String key) {
        sendAll(records(topic.topicName(), key).stream()
                .map(record ->
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()))
                .toList());
    }

    /** Sends a record to a topic. */
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
            throw new AssertionError("The broker refused a record of the test", failed);
        }
    }
}
