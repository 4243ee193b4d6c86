package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceEvent;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.IdempotentConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * An event consumer of market prices, which resolves signals. It needs no inbox: a tick is stored only if newer than
 * the last one, and resolves only active signals. So a repeated tick changes nothing.
 */
@ApplicationScoped
class Market implements IdempotentConsumer<PriceEvent> {

    private final LastPrices lastPrices;
    private final LevelCrossings levelCrossings;

    Market(LastPrices lastPrices, LevelCrossings levelCrossings) {
        this.lastPrices = lastPrices;
        this.levelCrossings = levelCrossings;
    }

    @Override
    public String purpose() {
        return "market";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PRICES);
    }

    /** Uses several transactions, since one tick may resolve more signals than one transaction should lock. */
    @Override
    public Uni<Void> apply(Batch<PriceEvent> batch) {
        return applyTicks(batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .map(Delivery::event)
                .toList());
    }

    /** Applies ticks in the order in which they arrived. */
    Uni<Void> applyTicks(List<? extends PriceEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Ticks ticks = Ticks.of(events);
        return lastPrices.store(ticks).chain(() -> levelCrossings.resolve(ticks));
    }
}
