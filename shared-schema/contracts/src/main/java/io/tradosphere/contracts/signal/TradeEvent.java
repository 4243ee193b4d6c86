package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to somebody's private trade: numbers, no texts. */
public sealed interface TradeEvent extends Event permits TradeOpened, TradeClosed, TradeCorrected, TradeDeleted {
    /** The trade. */
    UUID tradeId();

    /** Whose trade it is. */
    UUID userId();

    /** The incarnation of that person's id. */
    long incarnation();

    @Override
    default String subject() {
        return tradeId().toString();
    }

    @Override
    default String key() {
        return userId().toString();
    }
}
