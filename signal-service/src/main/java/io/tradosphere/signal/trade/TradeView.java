package io.tradosphere.signal.trade;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A trade as its owner sees it. Decimals are strings of plain digits.
 *
 * @param pnl profit or loss before fees; null while open
 * @param pnlPercentage the same in percent of the margin; null while open
 * @param netPnl profit or loss after fees; null while open
 * @param closeReportedAt when we were told of the closing; null while open
 */
record TradeView(
        UUID id,
        @JsonUnwrapped TradeFields fields,
        @Decimal BigDecimal pnl,
        @Decimal BigDecimal pnlPercentage,
        @Decimal BigDecimal netPnl,
        Instant closeReportedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The columns of a view, of a relation {@code t} of trades; and its version, whose it is and of which life of theirs. */
    static final String COLUMNS = """
            t.id, t.user_id, t.incarnation, t.asset, t.asset_type, t.direction, t.entry_price, t.exit_price, t.stop_loss,
            t.take_profit, t.size, t.leverage, t.fees, t.pnl, t.net_pnl, t.pnl_percentage, t.notes, t.tags, t.strategy,
            t.broker_name, t.broker_trade_id, t.opened_at, t.closed_at, t.close_reported_at, t.version, t.created_at,
            t.updated_at
            """;

    /** A row of {@link #COLUMNS}. */
    static TradeView of(Row row) {
        return new TradeView(
                row.getUUID("id"),
                fields(row),
                Decimals.stripped(row.getBigDecimal("pnl")),
                Decimals.stripped(row.getBigDecimal("pnl_percentage")),
                Decimals.stripped(row.getBigDecimal("net_pnl")),
                Rows.instant(row, "close_reported_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static TradeFields fields(Row row) {
        return new TradeFields(
                row.getString("asset"),
                row.getString("asset_type"),
                row.getString("direction"),
                Decimals.stripped(row.getBigDecimal("entry_price")),
                Decimals.stripped(row.getBigDecimal("exit_price")),
                Decimals.stripped(row.getBigDecimal("stop_loss")),
                Decimals.stripped(row.getBigDecimal("take_profit")),
                Decimals.stripped(row.getBigDecimal("size")),
                Decimals.stripped(row.getBigDecimal("leverage")),
                Decimals.stripped(row.getBigDecimal("fees")),
                row.getString("notes"),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("strategy"),
                row.getString("broker_name"),
                row.getString("broker_trade_id"),
                Rows.instant(row, "opened_at"),
                Rows.instant(row, "closed_at"));
    }
}
