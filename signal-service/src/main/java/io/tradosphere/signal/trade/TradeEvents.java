package io.tradosphere.signal.trade;

import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;

/** Creates the events of a trade from its row after a change: numbers, no texts. */
final class TradeEvents {

    private TradeEvents() {}

    /** The event of an entered trade: opened, or only closed if it was entered closed. */
    static TradeEvent entered(Row row) {
        TradeState trade = state(row);
        return trade.closedAt() == null ? new TradeOpened(trade) : new TradeClosed(trade);
    }

    /** The event of a closed trade. */
    static TradeEvent closed(Row row) {
        return new TradeClosed(state(row));
    }

    /** The event of a trade whose numbers were corrected; it may have been reopened. */
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
                EnumText.parse(AssetType.class, row.getString("asset_type")),
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
