package io.tradosphere.cli.prices;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A market-data feed. It publishes ticks to their topic as the event contract requires. */
public final class MarketFeed implements AutoCloseable {

    private static final String SOURCE = "/tradosphere/market-data";

    private final KafkaProducer<String, byte[]> producer;
    private final EventCodec codec = new EventCodec();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final int rate;
    private final long started = System.nanoTime();
    private long sent;

    /**
     * @param bootstrap the broker's address
     * @param rate ticks a second; 0: no limit
     */
    public MarketFeed(String bootstrap, int rate) {
        this.rate = rate;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, "5",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends one tick, at the configured rate. */
    public void send(PriceTicked tick) {
        if (rate > 0) {
            long due = started + TimeUnit.SECONDS.toNanos(1) * sent / rate;
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        // A feed has no outbox that numbers its ticks. Their time in microseconds increases as a sequence does.
        long sequence = TimeUnit.SECONDS.toMicros(tick.at().getEpochSecond())
                + tick.at().getNano() / 1_000;
        Envelope envelope = Envelope.of(tick, UuidCreator.getTimeOrderedEpoch(), SOURCE, tick.at(), sequence, null);
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(tick.topic().topicName(), tick.key(), codec.encode(tick));
        envelope.toHeaders()
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(message, (done, problem) -> {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
        });
        sent++;
    }

    /** Waits until the broker has acknowledged every tick, and returns how many were sent. */
    public long flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new StackException(
                    "Kafka did not accept every tick; see ./tradosphere status: "
                            + failure.get().getMessage(),
                    failure.get());
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
