package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.UndecodableEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Maps Kafka records to deliveries. */
final class Deliveries {

    private static final EventCodec CODEC = new EventCodec();

    private Deliveries() {}

    /**
     * Reads an event and its envelope.
     *
     * @param topic the topic that the record belongs to
     * @return empty for a TradoSphere type that this version of the contracts does not know; consumers skip newer types
     * @throws UnreadableRecordException when the record breaks the contract: no id, sequence or key, or a body that cannot be read
     */
    @SuppressWarnings(
            "unchecked") // A topic carries one family of events, and a consumer names topics of its own family.
    static <E extends Event> Optional<Delivery<E>> read(Topic topic, ConsumerRecord<String, byte[]> record)
            throws UnreadableRecordException {
        if (record.key() == null) {
            throw new UnreadableRecordException("The record has no key", null);
        }
        try {
            Envelope envelope = Envelope.fromHeaders(headers(record));
            Event event = record.value() == null ? null : CODEC.decode(envelope.ceType(), record.value());
            if (event != null && !event.type().topics().contains(topic)) {
                throw new UnreadableRecordException(event.type().ceType() + " does not belong in this topic", null);
            }
            return Optional.of(new Delivery<>(
                    envelope.id(), envelope.sequence(), topic, record.key(), envelope.traceparent(), (E) event));
        } catch (UndecodableEvent broken) {
            if (broken.reason() == UndecodableEvent.Reason.UNKNOWN_TYPE && isTradoSphereType(record)) {
                return Optional.empty();
            }
            throw new UnreadableRecordException(broken.getMessage(), broken);
        }
    }

    private static boolean isTradoSphereType(ConsumerRecord<?, ?> record) {
        String type = headers(record).get(Envelope.TYPE);
        return type != null && type.startsWith("io.tradosphere.");
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
