package io.tradosphere.platform.outbox;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A check of outbox rows before they are sent. A row that fails it can never be published. */
final class RowCheck {

    /** The largest payload that is read. It is Kafka's default limit for a record. */
    static final int MAX_PAYLOAD_BYTES = 1_048_576;

    private final String consumerGroups;
    private final Set<String> topics;

    /** Creates the check of a slice, such as {@code profile}. */
    RowCheck(String slice) {
        consumerGroups = "." + slice + "-service.";
        topics = Arrays.stream(Topic.values())
                .map(Topic::topicName)
                .filter(topic -> topic.startsWith("tradosphere." + slice + "."))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why the row cannot be published; empty when it can. */
    Optional<String> failure(OutboxRow row) {
        if (row.payloadBytes() > MAX_PAYLOAD_BYTES) {
            return Optional.of("The payload has %d bytes. At most %d are published."
                    .formatted(row.payloadBytes(), MAX_PAYLOAD_BYTES));
        }
        if (row.type() == null && isDeadLetterTopic(row.topic())) {
            return Optional.empty();
        }
        if (!topics.contains(row.topic())) {
            return Optional.of("The slice has no topic %s.".formatted(row.topic()));
        }
        return row.type() == null ? Optional.empty() : typeFailure(row);
    }

    private static Optional<String> typeFailure(OutboxRow row) {
        Optional<EventType> type = EventType.ofCeType(row.type());
        if (type.isEmpty()) {
            return Optional.of("The event type %s is unknown.".formatted(row.type()));
        }
        List<String> allowed =
                type.get().topics().stream().map(Topic::topicName).toList();
        return allowed.contains(row.topic())
                ? Optional.empty()
                : Optional.of(
                        "Events of type %s belong to topic %s.".formatted(row.type(), String.join(" or ", allowed)));
    }

    private boolean isDeadLetterTopic(String topic) {
        return topic.endsWith(".dlq") && topic.contains(consumerGroups);
    }
}
