package io.tradosphere.signal.market;

import io.tradosphere.contracts.market.PriceEvent;
import io.tradosphere.contracts.market.PriceTicked;
import java.util.List;

/**
 * Ticks in the order in which they came, column by column as a statement takes them. All of it is text: an exact price decides,
 * however many digits it has, and a price or an instant that no column holds is the database's to refuse.
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
