package io.tradosphere.signal.trade;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.Locale;

/** What is told of a trade, from its row as a change has left it: figures, no texts. */
final class TradeEvents {

    private TradeEvents() {}

    /** It was entered: opened, or closed alone when it already was. */
    static TradeEvent entered(Row row) {
        TradeState trade = state(row);
        return trade.closedAt() == null ? new TradeOpened(trade) : new TradeClosed(trade);
    }

    /** It was closed. */
    static TradeEvent closed(Row row) {
        return new TradeClosed(state(row));
    }

    /** Its figures were changed otherwise; it may have been opened again. */
    static TradeEvent corrected(Row row) {
        return new TradeCorrected(state(row), Rows.instant(row, "updated_at"));
    }

    private static TradeState state(Row row) {
        BigDecimal fees = row.getBigDecimal("fees");
        return new TradeState(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getLong("incarnation"),
                row.getString("asset"),
                AssetType.valueOf(row.getString("asset_type").toUpperCase(Locale.ROOT)),
                Direction.valueOf(row.getString("direction")),
                Decimals.stripped(row.getBigDecimal("size")),
                Decimals.stripped(row.getBigDecimal("leverage")),
                Decimals.stripped(row.getBigDecimal("entry_price")),
                Rows.instant(row, "opened_at"),
                Decimals.stripped(row.getBigDecimal("exit_price")),
                Rows.instant(row, "closed_at"),
                fees.signum() == 0 ? null : Decimals.stripped(fees),
                Decimals.stripped(row.getBigDecimal("pnl")),
                Decimals.stripped(row.getBigDecimal("net_pnl")),
                Decimals.stripped(row.getBigDecimal("pnl_percentage")),
                Rows.instant(row, row.getValue("closed_at") == null ? "created_at" : "close_reported_at"));
    }
}
