package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody changed the numbers of a trade.
 *
 * @param trade the numbers after the change, flat in the JSON
 * @param correctedAt when the numbers were changed
 */
public record TradeCorrected(@JsonUnwrapped TradeState trade, Instant correctedAt) implements TradeEvent {
    /** Refuses an event without its state. */
    public TradeCorrected {
        Objects.requireNonNull(trade, "trade");
    }

    @Override
    public UUID tradeId() {
        return trade.tradeId();
    }

    @Override
    public UUID userId() {
        return trade.userId();
    }

    @Override
    public long incarnation() {
        return trade.incarnation();
    }

    @Override
    public EventType type() {
        return EventType.TRADE_CORRECTED;
    }
}
