package io.tradosphere.signal.market;

import io.tradosphere.contracts.market.PriceEvent;
import io.tradosphere.contracts.market.PriceTicked;
import java.util.List;

/**
 * Ticks in the order of their arrival, as one array for each column. Every value is text, so that prices keep all
 * digits. The database rejects prices and instants that no column can hold.
 */
record Ticks(String[] symbols, String[] prices, String[] times) {

    static Ticks of(List<? extends PriceEvent> events) {
        List<PriceTicked> ticks = events.stream().map(PriceTicked.class::cast).toList();
        return new Ticks(
                ticks.stream().map(PriceTicked::symbol).toArray(String[]::new),
                ticks.stream().map(tick -> tick.price().toPlainString()).toArray(String[]::new),
                ticks.stream().map(tick -> tick.at().toString()).toArray(String[]::new));
    }
}
