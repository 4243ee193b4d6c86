package io.tradosphere.signal.trade.journal;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A trade as everybody sees it in a public journal: the figures and how its owner sorts them. Notes were written for oneself, often
 * before the journal was opened, and who the broker is concerns nobody; both stay with the owner. Decimals are strings of plain
 * digits.
 *
 * @param exitPrice null while open, as {@code pnl}, {@code pnlPercentage}, {@code netPnl} and {@code closedAt}
 * @param stopLoss null when there is none
 * @param takeProfit null when there is none
 * @param strategy null when there is none
 */
record JournalTrade(
        UUID id,
        String asset,
        String assetType,
        String direction,
        String entryPrice,
        String exitPrice,
        String stopLoss,
        String takeProfit,
        String size,
        String leverage,
        String fees,
        String pnl,
        String pnlPercentage,
        String netPnl,
        List<String> tags,
        String strategy,
        Instant openedAt,
        Instant closedAt) {

    /** The columns of a view, of a table {@code trades}. */
    static final String COLUMNS = """
            id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit, size, leverage, fees, pnl,
            pnl_percentage, net_pnl, tags, strategy, opened_at, closed_at
            """;

    /** A row of {@link #COLUMNS}. */
    static JournalTrade of(Row row) {
        return new JournalTrade(
                row.getUUID("id"),
                row.getString("asset"),
                row.getString("asset_type"),
                row.getString("direction"),
                Decimals.plain(row.getBigDecimal("entry_price")),
                Decimals.plain(row.getBigDecimal("exit_price")),
                Decimals.plain(row.getBigDecimal("stop_loss")),
                Decimals.plain(row.getBigDecimal("take_profit")),
                Decimals.plain(row.getBigDecimal("size")),
                Decimals.plain(row.getBigDecimal("leverage")),
                Decimals.plain(row.getBigDecimal("fees")),
                Decimals.plain(row.getBigDecimal("pnl")),
                Decimals.plain(row.getBigDecimal("pnl_percentage")),
                Decimals.plain(row.getBigDecimal("net_pnl")),
                List.of(row.getArrayOfStrings("tags")),
                row.getString("strategy"),
                Rows.instant(row, "opened_at"),
                Rows.instant(row, "closed_at"));
    }
}
