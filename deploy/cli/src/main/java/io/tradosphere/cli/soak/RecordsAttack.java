package io.tradosphere.cli.soak;

import io.tradosphere.contracts.Topic;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records in the topic of prices that consumers cannot use: either near the broker's limit, or huge once unpacked. */
final class RecordsAttack implements Attack {

    private final String name;
    private final KafkaProducer<String, byte[]> producer;
    private final byte[] record;
    private final boolean isRefused;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private RecordsAttack(String name, String bootstrap, String compression, int bytes, boolean isRefused) {
        this.name = name;
        this.isRefused = isRefused;
        this.record = new byte[bytes];
        Arrays.fill(record, (byte) '0');
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        80_000_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        100_000_000L,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        "10000",
                        ProducerConfig.RETRIES_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Records that the broker accepts and no consumer can read: they must be parked. */
    static RecordsAttack nearTheLimit(String bootstrap) {
        return new RecordsAttack("records near the broker's limit", bootstrap, "none", 1_047_000, false);
    }

    /** Records of 60 MB that are small on the wire: the broker must refuse them. */
    static RecordsAttack compressedBombs(String bootstrap) {
        return new RecordsAttack("compressed records of 60 MB", bootstrap, "gzip", 60_000_000, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run() throws InterruptedException {
        try (producer) {
            while (true) {
                try {
                    producer.send(new ProducerRecord<>(Topic.PRICES.topicName(), "HOSTILE/USD", record))
                            .get(30, TimeUnit.SECONDS);
                    accepted.increment();
                } catch (ExecutionException | TimeoutException tooLarge) {
                    refused.increment();
                }
                TimeUnit.SECONDS.sleep(5);
            }
        }
    }

    @Override
    public String result() {
        return accepted.sum() + " accepted, " + refused.sum() + " refused";
    }

    @Override
    public String breach() {
        return isRefused && accepted.sum() > 0 ? "the broker accepted what unpacks too large" : "";
    }
}
