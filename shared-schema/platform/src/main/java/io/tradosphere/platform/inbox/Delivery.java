package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Columns;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

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

    /** One value of every event, in their order, as an array parameter; there must be no tombstone among them. */
    public static <E extends Event, T> T[] column(
            Collection<Delivery<E>> deliveries, Function<? super E, ? extends T> value, IntFunction<T[]> array) {
        return Columns.column(deliveries, delivery -> value.apply(delivery.event()), array);
    }

    /** The sequence of each, in their order, as an array parameter. */
    public static <E extends Event> Long[] sequences(Collection<Delivery<E>> deliveries) {
        return Columns.column(deliveries, Delivery::sequence, Long[]::new);
    }

    /** Whether it is the end of a key rather than an event. */
    public boolean isTombstone() {
        return event == null;
    }
}
