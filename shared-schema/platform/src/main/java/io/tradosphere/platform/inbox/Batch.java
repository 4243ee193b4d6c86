package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A batch of deliveries to apply together, in partition order. */
public final class Batch<E extends Event> {

    private final List<Delivery<E>> deliveries;

    Batch(List<Delivery<E>> deliveries) {
        this.deliveries = List.copyOf(deliveries);
    }

    /** All deliveries, in order. */
    public List<Delivery<E>> deliveries() {
        return deliveries;
    }

    /** The event with the highest sequence of each key, for replicas of state. Tombstones are left out. */
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

    /** Whether the batch has no deliveries. */
    public boolean isEmpty() {
        return deliveries.isEmpty();
    }
}
