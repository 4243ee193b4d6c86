package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import java.util.UUID;

/**
 * An event as it came out of a topic.
 *
 * @param eventId {@code ce_id}
 * @param sequence {@code ce_sequence}: of two events of one subject the later has the higher
 * @param topic where it was read
 * @param key the record's key
 * @param traceparent the trace context of what caused it; null when it has none
 * @param event what happened; null for the tombstone that ends a key
 */
public record Delivery<E extends Event>(
        UUID eventId, long sequence, Topic topic, String key, String traceparent, E event) {

    /** Whether it is the end of a key rather than an event. */
    public boolean isTombstone() {
        return event == null;
    }
}
