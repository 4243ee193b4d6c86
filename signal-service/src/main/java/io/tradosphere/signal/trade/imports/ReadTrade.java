package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;

/**
 * A trade as a line states it.
 *
 * @param fields its fields
 * @param brokerPnl the broker's profit before fees; null when the fields give exactly that
 * @param worth what one of the broker's lots is worth by this line's profit; null when it does not show it
 * @param exportedId the id that it had in the journal that it was exported from; null when it was not
 */
record ReadTrade(TradeFields fields, BigDecimal brokerPnl, BigDecimal worth, String exportedId) {

    /** A trade of a broker's file. */
    static ReadTrade of(TradeFields fields, BrokerResult result) {
        return new ReadTrade(fields, result.pnl(), result.worth(), null);
    }
}
