package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.UndecodableEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Kafka records to deliveries. */
final class Deliveries {

    private static final Map<String, Topic> TOPICS =
            Arrays.stream(Topic.values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, Function.identity()));

    private static final EventCodec CODEC = new EventCodec();

    private Deliveries() {}

    /**
     * Reads an event and its envelope.
     *
     * @return empty for a type of ours that this version of the contracts does not know: contracts grow by new types beside the
     *     old ones, and a consumer built before one has nothing to do with it
     * @throws UnreadableRecord when the record breaks the contract: it has no id, sequence or key, or its body cannot be read
     *     as its type
     */
    @SuppressWarnings(
            "unchecked") // A topic carries one family of events, and an effect names topics of its own family.
    static <E extends Event> Optional<Delivery<E>> read(ConsumerRecord<String, byte[]> record) throws UnreadableRecord {
        if (record.key() == null) {
            throw new UnreadableRecord("The record has no key", null);
        }
        try {
            Envelope envelope = Envelope.fromHeaders(headers(record));
            Topic topic = TOPICS.get(record.topic());
            Event event = record.value() == null ? null : CODEC.decode(envelope.ceType(), record.value());
            if (event != null && event.topic() != topic) {
                throw new UnreadableRecord(event.type().ceType() + " does not belong into this topic", null);
            }
            return Optional.of(new Delivery<>(
                    envelope.id(), envelope.sequence(), topic, record.key(), envelope.traceparent(), (E) event));
        } catch (UndecodableEvent broken) {
            if (broken.reason() == UndecodableEvent.Reason.UNKNOWN_TYPE && isOurs(record)) {
                return Optional.empty();
            }
            throw new UnreadableRecord(broken.getMessage(), broken);
        }
    }

    private static boolean isOurs(ConsumerRecord<?, ?> record) {
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
