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
            NewTopic parking = new NewTopic(letters.parkedIn(), Optional.of(1), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact,delete"));
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty()), parking))
                    .all()
                    .get();
        }
    }

    @Test
    void every_letter_is_put_back_as_it_was_and_taken_out_of_the_parking_topic() throws Exception {
        // given a letter with a key, one without, a parked tombstone, and one that was erased meanwhile
        park("a#1-10", "one", "a", "1", "10", false);
        park("#2-20", "two", null, "2", "20", false);
        park("b#0-30", "", "b", "0", "30", true);
        park("c#0-40", null, "c", "0", "40", false);

        // when
        List<DeadLetters.Origin> origins = letters.replay();

        // then
        assertThat(origins)
                .containsExactly(
                        new DeadLetters.Origin(1, 10), new DeadLetters.Origin(2, 20), new DeadLetters.Origin(0, 30));
        List<ConsumerRecord<String, String>> back = read(topic, 3);
        assertThat(back).hasSize(3);
        assertThat(back).anySatisfy(record -> {
            assertThat(record.key()).isEqualTo("a");
            assertThat(record.value()).isEqualTo("one");
        });
        assertThat(back).anySatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.partition()).isEqualTo(2);
        });
        assertThat(back).anySatisfy(record -> {
            assertThat(record.key()).isEqualTo("b");
            assertThat(record.value()).isNull();
        });
        assertThat(back)
                .allSatisfy(record ->
                        assertThat(record.headers()).extracting(Header::key).containsExactly("ce_id"));
        assertThat(left()).isZero();
        assertThat(letters.replay()).isEmpty();
    }

    @Test
    void nothing_parked_is_said() {
        DeadLetters none = new DeadLetters(bootstrap, topic, "nobody");
        assertThatThrownBy(none::replay).isInstanceOf(StackException.class).hasMessageContaining("Nothing is parked");
    }

    private void park(String letterKey, String value, String key, String partition, String offset, boolean tombstone)
            throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> letter = new ProducerRecord<>(letters.parkedIn(), letterKey, value);
            header(letter, "ce_id", UUID.randomUUID().toString());
            if (key != null) {
                header(letter, "dlq_key", key);
            }
            if (tombstone) {
                header(letter, "dlq_tombstone", "true");
            }
            header(letter, "dlq_reason", "because");
            header(letter, "dlq_partition", partition);
            header(letter, "dlq_offset", offset);
            producer.send(letter).get();
        }
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

    private long left() throws Exception {
        TopicPartition partition = new TopicPartition(letters.parkedIn(), 0);
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
