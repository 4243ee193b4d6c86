package io.tradosphere.example;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.UndecodableEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer of TradoSphere's events. It keeps who there is, who follows whom and how often signals were viewed. Settings:
 * KAFKA_BOOTSTRAP, TRADOSPHERE_TOPIC_PREFIX, CONSUMER_GROUP, BOARD_FILE.
 */
public final class Main {

    private static final List<Topic> TOPICS = List.of(Topic.ERASURES, Topic.PROFILES, Topic.FOLLOWS, Topic.ENGAGEMENT);

    private final EventCodec codec = new EventCodec();
    private final Board board;

    private Main(Board board) {
        this.board = board;
    }

    /**
     * Consumes until the process is told to end.
     *
     * @throws IOException when the board cannot be saved. Nothing is committed then. The next start reads the same records again
     */
    public static void main(String[] arguments) throws IOException {
        String prefix = setting("TRADOSPHERE_TOPIC_PREFIX", "");
        Board board = Board.load(Path.of(setting("BOARD_FILE", "board.json")));
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, setting("KAFKA_BOOTSTRAP", "localhost:9092"),
                ConsumerConfig.GROUP_ID_CONFIG, setting("CONSUMER_GROUP", "example.board"),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(consumer, main), "end the consumer"));
            consumer.subscribe(
                    TOPICS.stream().map(topic -> prefix + topic.topicName()).toList());
            new Main(board).consume(consumer);
        } catch (WakeupException end) {
            // The process was told to end.
        }
    }

    /** Leaves the group before the process ends, so that others take over at once. */
    private static void end(KafkaConsumer<String, byte[]> consumer, Thread main) {
        consumer.wakeup();
        try {
            main.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A batch is saved before its offset is committed. After a crash between the two it arrives again and changes nothing. */
    private void consume(KafkaConsumer<String, byte[]> consumer) throws IOException {
        while (true) {
            ConsumerRecords<String, byte[]> batch = consumer.poll(Duration.ofSeconds(1));
            for (ConsumerRecord<String, byte[]> record : batch) {
                apply(record);
            }
            if (!batch.isEmpty()) {
                board.save();
                consumer.commitSync();
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) throws IOException {
        try {
            Envelope envelope = Envelope.fromHeaders(headers(record));
            if (record.value() == null) {
                board.remove(record.topic(), record.key(), envelope.sequence());
            } else {
                board.apply(envelope, codec.decode(envelope.ceType(), record.value()), record.topic());
            }
        } catch (UndecodableEvent undecodable) {
            // A type that is newer than the contracts jar is none of ours. Contracts grow by new types.
            if (undecodable.reason() != UndecodableEvent.Reason.UNKNOWN_TYPE) {
                board.park(record.topic(), record.partition(), record.offset(), undecodable.getMessage());
            }
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
