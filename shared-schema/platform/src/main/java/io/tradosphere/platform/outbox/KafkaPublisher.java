package io.tradosphere.platform.outbox;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.EventType;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.kafka.KafkaSettings;
import io.tradosphere.platform.kafka.TopicNames;
import io.tradosphere.telemetry.Part;
import io.tradosphere.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** A publisher that sends outbox rows to Kafka and waits for the broker's acknowledgements. */
@ApplicationScoped
class KafkaPublisher {

    /** Less than {@code idle_in_transaction_session_timeout} (30 s): the lease's transaction is open meanwhile. */
    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(25);

    private final KafkaSettings settings;
    private final TopicNames names;
    private final String source;
    private final RowCheck check;
    private final Tracing tracing;
    private KafkaProducer<String, byte[]> producer;

    KafkaPublisher(KafkaSettings settings, TopicNames names, SliceDatabase slice, Tracing tracing) {
        this.tracing = tracing;
        this.settings = settings;
        this.names = names;
        this.source = "/tradosphere/" + slice.service();
        this.check = new RowCheck(slice.name());
    }

    /**
     * Publishes a batch.
     *
     * @return the rows that cannot be published; all others are acknowledged
     * @throws RelayException when another row is not acknowledged; the caller then retries the whole batch
     */
    List<Refusal> publish(List<OutboxRow> batch) {
        List<Refusal> refused = new ArrayList<>();
        try {
            Instant deadline = Instant.now().plus(PUBLISH_TIMEOUT);
            Map<OutboxRow, Future<RecordMetadata>> sent = new IdentityHashMap<>(batch.size());
            List<Part> spans = new ArrayList<>();
            for (OutboxRow row : batch) {
                Optional<String> failure = check.failure(row);
                if (failure.isPresent()) {
                    refused.add(new Refusal(row, failure.get()));
                    continue;
                }
                Future<RecordMetadata> acknowledgement = producer().send(record(row, spans));
                sent.put(row, acknowledgement);
                // Without a broker every send takes seconds to fail, so the first one ends the attempt.
                if (acknowledgement.isDone()) {
                    refusal(row, acknowledgement, Duration.ZERO).ifPresent(refused::add);
                    sent.remove(row);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new TimeoutException();
                }
            }
            for (Map.Entry<OutboxRow, Future<RecordMetadata>> each : sent.entrySet()) {
                refusal(each.getKey(), each.getValue(), Duration.between(Instant.now(), deadline))
                        .ifPresent(refused::add);
            }
            // A span of a batch that fails is not exported: the batch is sent again.
            spans.forEach(Part::end);
            return refused;
        } catch (ExecutionException | KafkaException failed) {
            // A failed producer may still send its buffered records, out of order with the next attempt.
            close();
            Throwable cause = failed instanceof ExecutionException ? failed.getCause() : failed;
            throw new RelayException("Kafka does not accept the events (" + cause.getMessage() + ")", failed);
        } catch (TimeoutException slow) {
            close();
            throw new RelayException(
                    "Kafka does not accept the events within " + PUBLISH_TIMEOUT.toSeconds() + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RelayException("interrupted", interrupted);
        }
    }

    /** The refusal of a row; empty when it is acknowledged. */
    private static Optional<Refusal> refusal(OutboxRow row, Future<RecordMetadata> acknowledgement, Duration timeout)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            acknowledgement.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (isPermanent(failed.getCause())) {
                return Optional.of(new Refusal(row, failed.getCause().getMessage()));
            }
            throw failed;
        }
    }

    private static boolean isPermanent(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTopicException;
    }

    void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row, List<Part> spans) {
        byte[] body = row.payload() == null ? null : row.payload().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(names.inKafka(row.topic()), row.key(), body);
        String dataSchema = row.type() == null
                ? null
                : EventType.ofCeType(row.type()).map(EventType::dataSchema).orElseThrow();
        Map<String, String> headers = new Envelope(
                        row.eventId(),
                        source,
                        row.type(),
                        row.subject(),
                        row.createdAt(),
                        row.sequence(),
                        dataSchema,
                        traceparent(row, spans))
                .toHeaders();
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private String traceparent(OutboxRow row, List<Part> spans) {
        if (!tracing.isOn() || row.traceparent() == null) {
            return row.traceparent();
        }
        Part span = tracing.published(row.topic(), row.eventId().toString(), row.traceparent(), row.createdAt());
        spans.add(span);
        return span.traceparent();
    }

    private KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> config = settings.forProducer();
            config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            // Longer than an attempt, which ends for all its records together. A producer that gives up on the first
            // record of a partition goes on with the later ones, out of order.
            config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
            producer = new KafkaProducer<>(config);
        }
        return producer;
    }
}
