package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceEvent;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The market's word on signals. It needs no inbox, which at the pace of a market would be the largest table of all: a tick is kept
 * only when it is newer than the one that is known, and resolves only what is still active, so doing it again changes nothing.
 */
@ApplicationScoped
class Market implements Effect<PriceEvent> {

    private final LastPrices lastPrices;
    private final Crossings crossings;

    Market(LastPrices lastPrices, Crossings crossings) {
        this.lastPrices = lastPrices;
        this.crossings = crossings;
    }

    @Override
    public String purpose() {
        return "market";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PRICES);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    /** All of it happens here: one tick may resolve more signals than one transaction should hold. */
    @Override
    public Uni<Void> prepare(Batch<PriceEvent> batch) {
        return take(batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .map(Delivery::event)
                .toList());
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<PriceEvent> batch) {
        return Uni.createFrom().voidItem();
    }

    /** Takes ticks in the order in which they came. */
    Uni<Void> take(List<? extends PriceEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Ticks ticks = Ticks.of(events);
        return lastPrices.keep(ticks).chain(() -> crossings.resolve(ticks));
    }
}
