package io.tradosphere.contracts.market;

import io.tradosphere.contracts.EventType;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The market traded at a price. Comes from a market-data feed outside the suite.
 *
 * @param symbol what is traded, upper case, as in signals
 * @param price the price
 * @param at when it traded
 */
public record PriceTicked(String symbol, BigDecimal price, Instant at) implements PriceEvent {
    @Override
    public EventType type() {
        return EventType.MARKET_PRICE_TICKED;
    }
}
