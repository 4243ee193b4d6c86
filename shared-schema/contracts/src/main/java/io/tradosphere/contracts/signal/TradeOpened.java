package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody entered a trade that is open.
 *
 * @param trade the numbers after the change, flat in the JSON
 */
public record TradeOpened(@JsonUnwrapped TradeState trade) implements TradeEvent {
    /** Refuses an event without its state. */
    public TradeOpened {
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
        return EventType.TRADE_OPENED;
    }
}
