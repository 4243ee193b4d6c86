package io.tradosphere.platform.outbox;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.EventType;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends a batch of outbox rows and returns once the broker has acknowledged every one. */
@ApplicationScoped
class KafkaPublisher {

    private final KafkaSettings settings;
    private final String source;
    private KafkaProducer<String, byte[]> producer;

    KafkaPublisher(KafkaSettings settings, Slice slice) {
        this.settings = settings;
        this.source = "/tradosphere/" + slice.service();
    }

    /**
     * @throws RelayTrouble when a single one is not acknowledged; the whole batch is then to be sent again
     */
    void publish(List<OutboxRow> batch) {
        try {
            List<Future<?>> acknowledgements = new ArrayList<>(batch.size());
            for (OutboxRow row : batch) {
                acknowledgements.add(producer().send(record(row)));
            }
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException | KafkaException failed) {
            // A producer that failed may hold records it would send later, behind those of the next attempt.
            close();
            Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
            throw new RelayTrouble("Kafka does not take the events (" + cause.getMessage() + ")", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RelayTrouble("interrupted", interrupted);
        }
    }

    void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row) {
        byte[] body = row.payload() == null ? null : row.payload().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(row.topic(), row.key(), body);
        String dataSchema = row.type() == null
                ? null
                : EventType.ofCeType(row.type()).map(EventType::dataSchema).orElseThrow();
        Map<String, String> headers = new Envelope(
                        row.eventId(),
                        source,
                        row.type(),
                        row.subject(),
                        row.createdAt(),
                        row.id(),
                        dataSchema,
                        row.traceparent())
                .toHeaders();
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> config = settings.forProducer();
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
            producer = new KafkaProducer<>(config);
        }
        return producer;
    }
}
