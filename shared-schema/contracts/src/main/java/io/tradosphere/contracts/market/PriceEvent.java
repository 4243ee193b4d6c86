package io.tradosphere.contracts.market;

import io.tradosphere.contracts.Event;

/** What the market does. */
public sealed interface PriceEvent extends Event permits PriceTicked {
    /** What is traded, upper case. */
    String symbol();

    @Override
    default String subject() {
        return symbol();
    }

    @Override
    default String key() {
        return symbol();
    }
}
