package io.tradosphere.cli.replay;

import io.tradosphere.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What one consumer group parked of one topic.
 *
 * @param bootstrap the broker
 * @param topic where the letters came from, and go back to
 * @param group who could not apply them
 */
public record DeadLetters(String bootstrap, String topic, String group) {

    private static final String OURS = "dlq_";
    private static final String KEY = "dlq_key";
    private static final String TOMBSTONE = "dlq_tombstone";
    private static final String PARTITION = "dlq_partition";
    private static final String OFFSET = "dlq_offset";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Where a letter was read when it was parked.
     *
     * @param partition of the original topic
     * @param offset in it
     */
    public record Origin(int partition, long offset) {}

    /** The topic they are parked in. */
    public String parkedIn() {
        return topic + "." + group + ".dlq";
    }

    /**
     * Puts every letter back into its topic as it was, with its key and headers, and takes it out of the parking topic once
     * the broker has it. Interrupted half way it may put some back twice, which does no harm: consumers know what they applied.
     *
     * @return where those put back had been read
     * @throws StackException when there are none, or the broker fails; one line
     */
    public List<Origin> replay() {
        Map<String, Object> broker = Map.of("bootstrap.servers", bootstrap);
        try (Admin admin = Admin.create(broker);
                KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            if (!admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(parkedIn())) {
                throw new StackException("Nothing is parked: there is no topic " + parkedIn() + ".");
            }
            List<TopicPartition> partitions = consumer.partitionsFor(parkedIn()).stream()
                    .map(partition -> new TopicPartition(parkedIn(), partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Origin> origins = putBack(read(consumer, partitions, ends));
            admin.deleteRecords(ends.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            return origins;
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka failed: " + e.getMessage() + "; nothing is lost, try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        long until = System.nanoTime() + LONGEST.toNanos();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() - until > 0) {
                throw new StackException("Kafka did not hand out " + parkedIn() + " within " + LONGEST.toMinutes()
                        + " minutes; nothing is lost, try again.");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                boolean wasErased = record.value() == null;
                if (!wasErased && record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    letters.add(record);
                }
            }
        }
        return letters;
    }

    private List<Origin> putBack(List<ConsumerRecord<byte[], byte[]>> letters)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                sent.add(producer.send(original(letter)));
            }
            producer.flush();
            for (Future<RecordMetadata> send : sent) {
                send.get(30, TimeUnit.SECONDS);
            }
        }
        return letters.stream()
                .filter(letter -> text(letter, PARTITION) != null && text(letter, OFFSET) != null)
                .map(letter ->
                        new Origin(Integer.parseInt(text(letter, PARTITION)), Long.parseLong(text(letter, OFFSET))))
                .toList();
    }

    private ProducerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter) {
        Header key = letter.headers().lastHeader(KEY);
        boolean tombstone = letter.headers().lastHeader(TOMBSTONE) != null;
        // Without a key nothing says where it belongs but where it was.
        Integer partition =
                key == null && text(letter, PARTITION) != null ? Integer.valueOf(text(letter, PARTITION)) : null;
        ProducerRecord<byte[], byte[]> original = new ProducerRecord<>(
                topic, partition, key == null ? null : key.value(), tombstone ? null : letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(OURS)) {
                original.headers().add(header);
            }
        }
        return original;
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
