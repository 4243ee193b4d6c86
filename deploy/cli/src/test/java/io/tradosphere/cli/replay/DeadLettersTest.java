package io.tradosphere.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.TestStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private final String bootstrap = TestStack.get().kafkaBootstrap();
    private final String topic = "test." + UUID.randomUUID();
    private final DeadLetters letters = new DeadLetters(bootstrap, topic, "profile-service.test");

    @BeforeEach
    void makeTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            NewTopic parking = new NewTopic(letters.deadLetterTopic(), Optional.of(1), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact,delete"));
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty()), parking))
                    .all()
                    .get();
        }
    }

    @Test
    void every_dead_letter_goes_unchanged_to_the_replay_topic_of_its_group_and_to_no_other() throws Exception {
        // given a letter with a key, one without, a parked tombstone, and one whose profile was erased
        park("a#1-10", "one", "a", "1", "10", false);
        park("#2-20", "two", null, "2", "20", false);
        park("b#0-30", "", "b", "0", "30", true);
        park("c#0-40", null, "c", "0", "40", false);

        // when
        DeadLetters.Replayed replayed = letters.replay();

        // then
        assertThat(replayed.origins())
                .containsExactly(new Letter.Origin(1, 10), new Letter.Origin(2, 20), new Letter.Origin(0, 30));
        assertThat(replayed.expired()).isZero();
        assertThat(replayed.end()).isEqualTo(3);
        List<ConsumerRecord<String, String>> back = read(letters.replayTopic(), 3);
        assertThat(back).extracting(ConsumerRecord::key).containsExactly("a", null, "b");
        assertThat(back).extracting(ConsumerRecord::value).containsExactly("one", "two", null);
        assertThat(back)
                .allSatisfy(record -> assertThat(record.headers())
                        .extracting(Header::key)
                        .containsExactly("ce_id", "dlq_partition", "dlq_offset"));
        assertThat(end(topic)).isZero();
        assertThat(left()).isZero();
        assertThat(letters.replay().origins()).isEmpty();
    }

    @Test
    void a_shortened_letter_is_replayed_whole_from_its_topic_and_stays_when_that_has_expired() throws Exception {
        // given a record of which the letter has only the beginning, and a letter whose record is gone
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, 1, "whole", "all of it")).get();
        }
        park("whole#1-0", "all", null, "1", "0", false, "9");
        park("gone#2-7", "part", null, "2", "7", false, "9000");

        // when
        DeadLetters.Replayed replayed = letters.replay();

        // then
        assertThat(replayed.origins()).containsExactly(new Letter.Origin(1, 0));
        assertThat(replayed.expired()).isEqualTo(1);
        List<ConsumerRecord<String, String>> back = read(letters.replayTopic(), 1);
        assertThat(back).extracting(ConsumerRecord::key).containsExactly("whole");
        assertThat(back).extracting(ConsumerRecord::value).containsExactly("all of it");
        assertThat(left()).isEqualTo(1);
    }

    @Test
    void a_missing_dead_letter_topic_is_reported() {
        DeadLetters none = new DeadLetters(bootstrap, topic, "nobody");
        assertThatThrownBy(none::replay).isInstanceOf(StackException.class).hasMessageContaining("No dead letters");
    }

    private void park(
            String letterKey,
            String value,
            String key,
            String partition,
            String offset,
            boolean tombstone,
            String... bodyBytes)
            throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            ProducerRecord<String, String> letter = new ProducerRecord<>(letters.deadLetterTopic(), letterKey, value);
            header(letter, "ce_id", UUID.randomUUID().toString());
            if (key != null) {
                header(letter, "dlq_key", key);
            }
            if (tombstone) {
                header(letter, "dlq_tombstone", "true");
            }
            for (String bytes : bodyBytes) {
                header(letter, "dlq_body_bytes", bytes);
            }
            header(letter, "dlq_reason", "because");
            header(letter, "dlq_partition", partition);
            header(letter, "dlq_offset", offset);
            producer.send(letter).get();
        }
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer());
    }

    private static void header(ProducerRecord<String, String> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private List<ConsumerRecord<String, String>> read(String from, int expected) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(from).stream()
                    .map(info -> new TopicPartition(from, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            for (int polls = 0; polls < 50 && records.size() < expected; polls++) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** How many records the topic has had. */
    private long end(String name) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private long left() throws Exception {
        TopicPartition partition = new TopicPartition(letters.deadLetterTopic(), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            long first = admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            return end - first;
        }
    }
}
