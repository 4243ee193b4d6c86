package io.tradosphere.signal.consumer;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.stack.TestStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Steps of the tests of consumers. */
final class ConsumerSteps {

    private static final EventCodec CODEC = new EventCodec();

    private ConsumerSteps() {}

    static String group(String purpose) {
        return "signal-service." + purpose;
    }

    static void tick(String symbol, String price) {
        tick(Topic.PRICES.topicName(), symbol, price);
    }

    static void tick(String topic, String symbol, String price) {
        PriceTicked tick = new PriceTicked(symbol, new BigDecimal(price), Instant.now());
        TopicReader.send(topic, symbol, CODEC.encode(tick), headers(tick.type().ceType(), symbol));
    }

    static Map<String, String> headers(String ceType, String subject) {
        return new Envelope(UUID.randomUUID(), "/test", ceType, subject, Instant.now(), 1, null, null).toHeaders();
    }

    static String lastPrice(String symbol) {
        return Sql.asSuperuser()
                .column("SELECT trim_scale(price)::text FROM last_prices WHERE symbol = ?", symbol)
                .stream()
                .findFirst()
                .map(Object::toString)
                .orElse("none");
    }

    /** The records of the dead-letter topic for one original key. The topic must exist. */
    static List<ConsumerRecord<String, byte[]>> letters(Topic topic, String purpose, String key) {
        return Sql.asSuperuser()
                .column(
                        "SELECT DISTINCT letter_key FROM dead_letters WHERE letter_key LIKE ? AND topic = ?",
                        key + "#%",
                        topic.topicName())
                .stream()
                .map(Object::toString)
                .flatMap(letterKey -> TopicReader.records(topic.deadLetterTopic(group(purpose)), letterKey).stream())
                .toList();
    }

    /** How many tombstones the topic, of one partition, holds for keys that begin like this. */
    static long tombstones(String topic, String keyPrefix) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap(), "fetch.max.wait.ms", "10"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long tombstones = 0;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    tombstones += record.value() == null && record.key().startsWith(keyPrefix) ? 1 : 0;
                }
            }
            return tombstones;
        }
    }

    /** Sends a compressed record; fails with the broker's refusal. */
    static void sendCompressed(String topic, String key, byte[] body) throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                TestStack.get().kafkaBootstrap(),
                "compression.type",
                "gzip",
                "max.request.size",
                100_000_000,
                "buffer.memory",
                100_000_000L);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, body)).get();
        }
    }
}
