package io.tradosphere.signal.trade.journal;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.openapi.DecimalText;
import io.tradosphere.signal.trade.ExitPrice;
import io.tradosphere.signal.trade.Fees;
import io.tradosphere.signal.trade.Leverage;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A trade as a public journal shows it: its numbers, tags and strategy. Notes and the broker are visible to the owner
 * only: they may have been entered before the journal was public. Decimals are strings of plain digits.
 *
 * @param id the id of the trade
 * @param asset what is traded, upper case, such as {@code BTC/USD}
 * @param assetType the type of the asset
 * @param direction which way it was traded
 * @param entryPrice the price of entering
 * @param exitPrice the price of leaving; null while open
 * @param stopLoss the price to leave at a loss; null when there is none
 * @param takeProfit the price to leave at a profit; null when there is none
 * @param size in units of the asset
 * @param leverage multiple of the margin
 * @param fees charged by the broker, negative for a rebate
 * @param pnl profit or loss before fees; null while open
 * @param pnlPercentage the same in percent of the margin; null while open
 * @param netPnl profit or loss after fees; null while open
 * @param tags its tags
 * @param strategy null when there is none
 * @param openedAt when it was opened
 * @param closedAt when it was closed; null while open
 */
record JournalTrade(
        UUID id,
        String asset,
        @Schema(implementation = AssetType.class) String assetType,
        @Schema(implementation = Direction.class) String direction,
        @Amount String entryPrice,
        @Nullable @ExitPrice String exitPrice,
        @Nullable @Amount String stopLoss,
        @Nullable @Amount String takeProfit,
        @Amount String size,
        @Leverage String leverage,
        @Fees String fees,

        @Nullable
        @DecimalText(name = "Decimal", integer = 32, fraction = 8, signed = true, about = "A result of a computation")
        String pnl,

        @Nullable
        @DecimalText(name = "Decimal", integer = 32, fraction = 8, signed = true, about = "A result of a computation")
        String pnlPercentage,

        @Nullable
        @DecimalText(name = "Decimal", integer = 32, fraction = 8, signed = true, about = "A result of a computation")
        String netPnl,

        List<String> tags,
        @Nullable String strategy,
        Instant openedAt,
        @Nullable Instant closedAt) {

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
