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
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The suite's broker as any client sees it, with nothing of the suite's own on its class path. */
final class Broker {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Broker() {}

    /** Every record there is in a topic at this moment. */
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

    /** What a topic ends with, by key. */
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

    /** Waits until no outbox holds an event and every group has applied all there is. */
    static void awaitDrained() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> waiting() == 0 && lag() == 0);
    }

    /**
     * Has every group read everything again from the first record on. Nobody may be a member meanwhile: the broker refuses it
     * otherwise.
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

    /** Waits until the broker has taken every member for dead. */
    static void awaitNoMembers() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> withAdmin(
                        admin -> get(admin.describeConsumerGroups(groups(admin)).all()).values().stream()
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
                // A partition whose first record is still to come to the group has no offset yet.
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
        return TheSuite.endpoints().get("KAFKA_BOOTSTRAP");
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
            throw new AssertionError("The broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
