package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Columns;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * An event as read from a topic.
 *
 * @param eventId {@code ce_id}
 * @param sequence {@code ce_sequence}; it grows with every event of a subject
 * @param topic the topic it was read from
 * @param key the record's key
 * @param traceparent the trace context of its cause; null when unknown
 * @param event the event; null for a tombstone
 */
public record Delivery<E extends Event>(
        UUID eventId, long sequence, Topic topic, String key, String traceparent, E event) {

    /** One value of every event, in order, as an array parameter. The deliveries must not contain a tombstone. */
    public static <E extends Event, T> T[] column(
            Collection<Delivery<E>> deliveries, Function<? super E, ? extends T> value, IntFunction<T[]> array) {
        return Columns.column(deliveries, delivery -> value.apply(delivery.event()), array);
    }

    /** The sequence of every delivery, in order, as an array parameter. */
    public static <E extends Event> Long[] sequences(Collection<Delivery<E>> deliveries) {
        return Columns.column(deliveries, Delivery::sequence, Long[]::new);
    }

    /** The same delivery as a part of a trace. */
    Delivery<E> inTrace(String context) {
        return new Delivery<>(eventId, sequence, topic, key, context, event);
    }

    /** Whether this is a tombstone, which ends a key. */
    public boolean isTombstone() {
        return event == null;
    }
}
