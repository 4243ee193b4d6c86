package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deliveries to be applied together, in the order in which their partitions hold them. Only a consumer makes one. */
public final class Batch<E extends Event> {

    private final List<Delivery<E>> deliveries;

    Batch(List<Delivery<E>> deliveries) {
        this.deliveries = List.copyOf(deliveries);
    }

    /** All of them, in order. */
    public List<Delivery<E>> deliveries() {
        return deliveries;
    }

    /** For copies of state: of each key only the event with the highest sequence; tombstones are left out. */
    public List<Delivery<E>> latestEventPerKey() {
        Map<String, Delivery<E>> latest = new HashMap<>();
        for (Delivery<E> delivery : deliveries) {
            if (!delivery.isTombstone()) {
                latest.merge(
                        delivery.key(),
                        delivery,
                        (known, other) -> other.sequence() > known.sequence() ? other : known);
            }
        }
        return List.copyOf(latest.values());
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return deliveries.isEmpty();
    }
}
