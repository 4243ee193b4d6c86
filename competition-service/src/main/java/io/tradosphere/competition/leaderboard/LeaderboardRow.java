package io.tradosphere.competition.leaderboard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.openapi.DecimalText;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A participant's row on a leaderboard.
 *
 * @param id the participant's id; not serialised
 * @param rank public rank with ties: 1, 2, 2, 4; in a team competition the team's rank. Null when withdrawn,
 *     disqualified or not yet ranked
 * @param person profile summary; its fields are null once the person is erased
 * @param clanId the team's clan; null in other competitions
 * @param score 0 to 1; participants are ranked by it, and teams by their members' mean
 * @param totalPnl net profit or loss of the counted trades
 * @param winRate percentage of counted trades with a profit, 0 to 100; null without trades
 * @param sharpeRatio annualised Sharpe ratio of daily returns; null when undefined
 * @param maxDrawdown largest decline from a peak, in percent of the peak; null without trades
 * @param tradeCount number of counted trades
 */
record LeaderboardRow(
        @JsonIgnore UUID id,
        @Nullable Integer rank,
        @Nullable @JsonUnwrapped ProfileSummary person,
        @Nullable UUID clanId,

        @DecimalText(name = "Score", integer = 12, fraction = 8, signed = true, about = "A score")
        String score,

        @DecimalText(name = "Decimal", integer = 32, fraction = 8, signed = true, about = "A result of a computation")
        String totalPnl,

        @Nullable @Schema(minimum = "0", maximum = "100") BigDecimal winRate,

        @Nullable @DecimalText(name = "Ratio", integer = 22, fraction = 4, signed = true, about = "A ratio")
        String sharpeRatio,

        @Nullable BigDecimal maxDrawdown,
        long tradeCount) {

    /** The selected columns, for the aliases {@code e} (participants) and {@code profiles p}. */
    static final String COLUMNS = ProfileSummary.COLUMNS + """
            , e.id, e.public_rank, e.clan_id, e.score, e.total_pnl, e.win_rate, e.sharpe_ratio, e.max_drawdown, e.trade_count
            """;

    static LeaderboardRow of(Row row) {
        long trades = row.getLong("trade_count");
        return new LeaderboardRow(
                row.getUUID("id"),
                row.getInteger("public_rank"),
                ProfileSummary.of(row),
                row.getUUID("clan_id"),
                Decimals.plain(row.getBigDecimal("score")),
                Decimals.plain(row.getBigDecimal("total_pnl")),
                trades == 0 ? null : row.getBigDecimal("win_rate"),
                Decimals.plain(row.getBigDecimal("sharpe_ratio")),
                row.getBigDecimal("max_drawdown"),
                trades);
    }
}
