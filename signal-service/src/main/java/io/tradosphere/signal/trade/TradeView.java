package io.tradosphere.signal.trade;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trade as its owner sees it. Decimals are strings of plain digits.
 *
 * @param id the id of the trade
 * @param fields what its owner entered
 * @param brokerPnl profit or loss before fees as the broker of an imported trade states it, where the prices give another
 *     one; null otherwise. A change of the prices, the direction or the size removes it
 * @param pnl profit or loss before fees: the broker's, or else computed; null while open
 * @param pnlPercentage the same in percent of the margin; null while open
 * @param netPnl profit or loss after fees; null while open
 * @param closeReportedAt when the service received the closing; null while open
 * @param createdAt when it was entered
 * @param updatedAt when it last changed
 */
@Schema(name = "Trade")
record TradeView(
        UUID id,
        @JsonUnwrapped TradeFields fields,
        @Nullable @Decimal BigDecimal brokerPnl,
        @Nullable @Decimal BigDecimal pnl,
        @Nullable @Decimal BigDecimal pnlPercentage,
        @Nullable @Decimal BigDecimal netPnl,
        @Nullable Instant closeReportedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The columns of a view, of a relation {@code t} of trades, with its version, owner and incarnation. */
    static final String COLUMNS = """
            t.id, t.user_id, t.incarnation, t.asset, t.asset_type, t.direction, t.entry_price, t.exit_price, t.stop_loss,
            t.take_profit, t.size, t.leverage, t.fees, t.broker_pnl, t.pnl, t.net_pnl, t.pnl_percentage, t.notes, t.tags, t.strategy,
            t.broker_name, t.broker_trade_id, t.opened_at, t.closed_at, t.close_reported_at, t.version, t.created_at,
            t.updated_at
            """;

    /** A row of {@link #COLUMNS}. */
    static TradeView of(Row row) {
        return new TradeView(
                row.getUUID("id"),
                fields(row),
                Decimals.stripped(row.getBigDecimal("broker_pnl")),
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
