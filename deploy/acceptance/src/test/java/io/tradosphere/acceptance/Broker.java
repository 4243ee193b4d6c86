package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client of the suite's broker. It uses none of the suite's own code. */
final class Broker {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private Broker() {}

    /** All records in a topic at this moment. */
    static List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap(), "enable.auto.commit", "false");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    /** The last record of each key in a topic. */
    static Map<String, ConsumerRecord<String, byte[]>> state(String topic) {
        Map<String, ConsumerRecord<String, byte[]>> state = new HashMap<>();
        records(topic).forEach(record -> state.put(record.key(), record));
        return state;
    }

    /** A header's text; null when there is none. */
    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static Set<String> topics() {
        return withAdmin(admin -> get(admin.listTopics().names()));
    }

    /** Creates a topic with one partition, if there is none of that name. */
    static void create(String topic) {
        if (!topics().contains(topic)) {
            withAdmin(admin -> get(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()));
        }
    }

    /**
     * Sends a record and waits for its acknowledgement.
     *
     * @param body null: a tombstone
     */
    static void send(String topic, String key, Map<String, String> headers, String body) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, body);
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The broker does not take a record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Resets a group without members to the first record. */
    static void rewind(String group) {
        awaitNoMembers(List.of(group));
        withAdmin(admin -> {
            Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
            committed(admin, group).keySet().forEach(partition -> start.put(partition, new OffsetAndMetadata(0)));
            return get(admin.alterConsumerGroupOffsets(group, start).all());
        });
    }

    /** Deletes a group, once it has no members. */
    static void deleteGroup(String group) {
        awaitNoMembers(List.of(group));
        withAdmin(admin -> get(admin.deleteConsumerGroups(List.of(group)).all()));
    }

    /** How many records of these topics a group has still to read. */
    static long lag(String group, Collection<String> topics) {
        return withAdmin(admin -> {
            Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            get(admin.describeTopics(topics).allTopicNames())
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(partition ->
                                    ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
            return get(admin.listOffsets(ends).all()).entrySet().stream()
                    .mapToLong(end -> end.getValue().offset()
                            - (committed.get(end.getKey()) == null
                                    ? 0
                                    : committed.get(end.getKey()).offset()))
                    .sum();
        });
    }

    /** Waits until all outboxes are empty and every consumer group has applied all records. */
    static void awaitDrained() {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).until(() -> waiting() == 0 && lag() == 0);
    }

    /**
     * Resets every consumer group to the first record. The broker refuses this while a group has members.
     *
     * @return what is read again, as {@code group topic}
     */
    static Set<String> rewindAllGroups() {
        return withAdmin(admin -> {
            Set<String> rewound = new TreeSet<>();
            for (String group : groups(admin)) {
                Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
                committed(admin, group).keySet().forEach(partition -> {
                    start.put(partition, new OffsetAndMetadata(0));
                    rewound.add(group + " " + partition.topic());
                });
                get(admin.alterConsumerGroupOffsets(group, start).all());
            }
            return rewound;
        });
    }

    /** Waits until the broker has removed every member from its group. */
    static void awaitNoMembers() {
        awaitNoMembers(withAdmin(Broker::groups));
    }

    private static void awaitNoMembers(Collection<String> groups) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> withAdmin(
                        admin -> get(admin.describeConsumerGroups(groups).all()).values().stream()
                                .allMatch(group -> group.members().isEmpty())));
    }

    private static long waiting() {
        return Arrays.stream(Slice.values())
                .mapToLong(slice -> Database.number("SELECT count(*) FROM " + slice.schema() + ".outbox"))
                .sum();
    }

    private static long lag() {
        return withAdmin(admin -> {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            get(admin.describeTopics(get(admin.listTopics().names()).stream()
                                    .filter(topic -> topic.startsWith("tradosphere.") && !topic.endsWith(".dlq"))
                                    .toList())
                            .allTopicNames())
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(partition ->
                                    all.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
                    get(admin.listOffsets(all).all());
            long lag = 0;
            for (String group : groups(admin)) {
                Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
                Set<String> read =
                        committed.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
                // A partition has no offset until the group has received its first record.
                lag += ends.entrySet().stream()
                        .filter(end -> read.contains(end.getKey().topic()))
                        .mapToLong(end -> end.getValue().offset()
                                - (committed.get(end.getKey()) == null
                                        ? 0
                                        : committed.get(end.getKey()).offset()))
                        .sum();
            }
            return lag;
        });
    }

    private static Collection<String> groups(Admin admin) {
        return get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                .map(GroupListing::groupId)
                .toList();
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group) {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static String bootstrap() {
        return SharedSuite.endpoints().get("KAFKA_BOOTSTRAP");
    }

    private static <T> T withAdmin(java.util.function.Function<Admin, T> work) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            return work.apply(admin);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The broker does not response", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
