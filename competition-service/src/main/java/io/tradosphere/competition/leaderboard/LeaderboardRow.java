package io.tradosphere.competition.leaderboard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A participant on a leaderboard.
 *
 * @param id the participant; not shown
 * @param rank among those who are shown: 1, 2, 2, 4; in a competition of teams the team's. Null for whoever has none, as they
 *     withdrew or were disqualified, or have joined this very moment
 * @param person whose fields are null once they have departed
 * @param clanId the team; null in other competitions
 * @param score 0 to 1, by which participants are ranked, and teams by its mean
 * @param totalPnl net profit or loss of the trades that count
 * @param winRate winning trades in percent of them, 0 to 100; null without any
 * @param sharpeRatio of daily returns, annualised; null when undefined
 * @param maxDrawdown the deepest fall from a peak in percent of it; null without any trade
 * @param tradeCount how many trades count
 */
record LeaderboardRow(
        @JsonIgnore UUID id,
        Integer rank,
        @JsonUnwrapped PersonView person,
        UUID clanId,
        String score,
        String totalPnl,
        BigDecimal winRate,
        String sharpeRatio,
        BigDecimal maxDrawdown,
        long tradeCount) {

    /** The columns, of a relation {@code e} of participants and {@code profiles p}. */
    static final String COLUMNS = PersonView.COLUMNS + """
            , e.id, e.public_rank, e.clan_id, e.score, e.total_pnl, e.win_rate, e.sharpe_ratio, e.max_drawdown, e.trade_count
            """;

    static LeaderboardRow of(Row row) {
        long trades = row.getLong("trade_count");
        return new LeaderboardRow(
                row.getUUID("id"),
                row.getInteger("public_rank"),
                PersonView.of(row),
                row.getUUID("clan_id"),
                Decimals.plain(row.getBigDecimal("score")),
                Decimals.plain(row.getBigDecimal("total_pnl")),
                trades == 0 ? null : row.getBigDecimal("win_rate"),
                Decimals.plain(row.getBigDecimal("sharpe_ratio")),
                row.getBigDecimal("max_drawdown"),
                trades);
    }
}
