package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody deleted a trade; it counts no more.
 *
 * @param tradeId the deleted trade
 * @param userId whose trade it was
 * @param incarnation the incarnation of that person's id
 * @param deletedAt when it was deleted
 */
public record TradeDeleted(UUID tradeId, UUID userId, long incarnation, Instant deletedAt) implements TradeEvent {
    @Override
    public EventType type() {
        return EventType.TRADE_DELETED;
    }
}
