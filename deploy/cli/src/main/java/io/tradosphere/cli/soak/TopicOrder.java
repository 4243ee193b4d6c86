package io.tradosphere.cli.soak;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A checker of the follows topic's ordering contract. It reads the topic from its first record. For each pair, new
 * events must createUser in the order of their sequences; repeated events may come between them. The event with a pair's
 * highest sequence must match the last acknowledged request.
 */
final class TopicOrder {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String FOLLOWED = "io.tradosphere.social.followed.v1";

    private final Map<String, Long> highest = new HashMap<>();
    private final Map<String, Boolean> follows = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private long records;
    private long repeated;

    private TopicOrder() {}

    /**
     * The result of reading the topic.
     *
     * @param records how many records there are
     * @param repeated how many of them were repetitions
     * @param violations violations of the contract, one line each
     */
    record Outcome(long records, long repeated, List<String> violations) {}

    static Outcome check(String bootstrap, FollowRecord expected) {
        TopicOrder order = new TopicOrder();
        order.read(bootstrap);
        for (Pair pair : expected.known()) {
            boolean published = order.follows.getOrDefault(pair.follower() + ":" + pair.followed(), false);
            if (published != expected.follows(pair)) {
                order.violations.add("the last event of " + pair + (published ? " is a follow" : " is not a follow"));
            }
        }
        return new Outcome(order.records, order.repeated, List.copyOf(order.violations));
    }

    private void read(String bootstrap) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.FOLLOWS.topicName()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                if (System.nanoTime() - deadline > 0) {
                    throw new StackException("Kafka did not deliver " + Topic.FOLLOWS.topicName() + " within "
                            + TIMEOUT.toMinutes() + " minutes.");
                }
                consumer.poll(POLL).forEach(this::check);
            }
        }
    }

    private void check(ConsumerRecord<String, byte[]> record) {
        records++;
        long sequence = Long.parseLong(header(record, Envelope.SEQUENCE));
        UUID id = UUID.fromString(header(record, Envelope.ID));
        long known = highest.getOrDefault(record.key(), 0L);
        if (!seen.add(record.key() + " " + sequence + " " + id)) {
            repeated++;
        } else if (sequence <= known) {
            violations.add(record.key() + ": sequence " + sequence + " is new but comes after " + known);
        }
        if (sequence > known) {
            highest.put(record.key(), sequence);
            follows.put(record.key(), record.value() != null && FOLLOWED.equals(header(record, Envelope.TYPE)));
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
