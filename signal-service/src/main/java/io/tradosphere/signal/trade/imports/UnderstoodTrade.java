package io.tradosphere.signal.trade.imports;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.signal.trade.TradeFields;
import io.tradosphere.signal.trade.imports.TradeDrafts.Draft;
import java.math.BigDecimal;

/**
 * A trade as the import understood it.
 *
 * @param line the number of its line in the file, the first being 1
 * @param fields its fields
 * @param brokerPnl profit or loss before fees as the broker states it, where the fields give another one; null otherwise
 */
record UnderstoodTrade(
        long line,
        @JsonUnwrapped TradeFields fields,
        @Nullable @Decimal BigDecimal brokerPnl) {

    static UnderstoodTrade of(Draft draft) {
        return new UnderstoodTrade(
                draft.line(), draft.entry().fields(), draft.entry().brokerPnl());
    }
}
