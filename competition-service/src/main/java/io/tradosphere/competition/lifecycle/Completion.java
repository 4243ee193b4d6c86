package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Uni;
import io.tradosphere.competition.lifecycle.PrizeSplit.Placed;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.competition.scoring.Ranking;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The end of a competition: final ranks, prizes and the event that tells of them, all in one transaction. */
@ApplicationScoped
class Completion {

    /** A broker takes no event of more than a megabyte. */
    private static final int MOST_TOLD = 1_000;

    /** From here on nobody joins, leaves or is disqualified any more. */
    private static final String COMPLETE = """
            UPDATE competitions c SET status = 'completed'
            WHERE id = $1 AND status = 'active' AND ends_at <= clock_timestamp()
            RETURNING id, name, creator_id, prize_pool, platform_fee_percentage, currency, version, completed_at,
              rules::text AS rules, scoring_metrics::text AS weights,
              (SELECT p.incarnation FROM profiles p WHERE p.id = c.creator_id) AS creator_incarnation
            """;
    /** Whoever is scoring their trades has locked them first, and this waits for that. */
    private static final String LOCK_PARTICIPANTS = """
            SELECT count(*) FROM (
              SELECT FROM competition_participants WHERE competition_id = $1 ORDER BY id FOR NO KEY UPDATE) AS locked
            """;

    private static final String PLACED = """
            SELECT p.id, CASE c.type WHEN 'team' THEN p.clan_id ELSE p.id END AS unit, p.rank
            FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.competition_id = $1 AND p.rank <= $2 ORDER BY p.rank, p.id
            """;
    private static final String KEEP_RANKS = """
            INSERT INTO prizes (competition_id, user_id, incarnation, hidden, rank, score)
            SELECT p.competition_id, p.user_id, p.incarnation, p.hidden, p.rank, p.score
            FROM competition_participants p WHERE p.competition_id = $1 AND p.rank IS NOT NULL ORDER BY p.rank, p.id
            """;
    private static final String AWARD = """
            UPDATE prizes z SET amount = won.amount
            FROM unnest($1::uuid[], $2::text[]::numeric[]) AS won(id, amount)
              JOIN competition_participants p ON p.id = won.id
            WHERE z.competition_id = p.competition_id AND z.user_id = p.user_id
            """;
    private static final String RESULTS = """
            SELECT p.id, p.user_id, p.incarnation, p.hidden, p.clan_id, p.rank, z.amount, p.score, p.total_pnl,
              CASE WHEN p.trade_count > 0 THEN p.win_rate END AS win_rate, p.sharpe_ratio, p.max_drawdown, p.trade_count
            FROM competition_participants p JOIN prizes z ON z.competition_id = p.competition_id AND z.user_id = p.user_id
            WHERE p.competition_id = $1 ORDER BY p.rank, p.id LIMIT $2
            """;

    private final Ranking ranking;

    Completion(Ranking ranking) {
        this.ranking = ranking;
    }

    /** Completes the competition unless that is done, or somebody is at it. */
    Uni<Void> complete(Tx tx, UUID competition) {
        return ranking.takeTurn(tx, competition)
                .chain(mine -> mine
                        ? tx.execute(COMPLETE, competition).map(rows -> Rows.first(rows, row -> row))
                        : Uni.createFrom().item(Optional.<Row>empty()))
                .chain(completed -> completed
                        .map(row -> decide(tx, row))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> decide(Tx tx, Row completed) {
        UUID competition = completed.getUUID("id");
        Rules rules = Rules.parse(completed.getString("rules"));
        ScoringMetrics weights = ScoringMetrics.parse(completed.getString("weights"));
        BigDecimal pool = PrizeSplit.afterFee(
                completed.getBigDecimal("prize_pool"), completed.getBigDecimal("platform_fee_percentage"));
        return tx.execute(LOCK_PARTICIPANTS, competition)
                .chain(() -> ranking.rankFinally(tx, competition, weights))
                .chain(() -> tx.execute(KEEP_RANKS, competition))
                .chain(kept -> tx.execute(
                                PLACED, competition, rules.prizeDistribution().size())
                        .chain(placed -> award(tx, prizes(pool, rules, placed)))
                        .chain(() -> tx.execute(RESULTS, competition, MOST_TOLD))
                        .chain(results -> announce(tx, completed, kept.rowCount(), results)));
    }

    private static Uni<Void> award(Tx tx, Map<UUID, BigDecimal> prizes) {
        return tx.execute(
                        AWARD,
                        prizes.keySet().toArray(UUID[]::new),
                        prizes.values().stream().map(BigDecimal::toPlainString).toArray(String[]::new))
                .replaceWithVoid();
    }

    /** What each participant gets: alone, or as their part of what their team does. */
    private static Map<UUID, BigDecimal> prizes(BigDecimal pool, Rules rules, RowSet<Row> placed) {
        Map<UUID, List<UUID>> members = new LinkedHashMap<>();
        List<Placed> units = new ArrayList<>();
        for (Row row : placed) {
            UUID unit = row.getUUID("unit");
            if (!members.containsKey(unit)) {
                units.add(new Placed(unit, row.getInteger("rank")));
            }
            members.computeIfAbsent(unit, first -> new ArrayList<>()).add(row.getUUID("id"));
        }
        Map<UUID, BigDecimal> prizes = new HashMap<>();
        PrizeSplit.among(pool, rules.prizeDistribution(), units)
                .forEach((unit, amount) -> prizes.putAll(PrizeSplit.equally(amount, members.get(unit))));
        return prizes;
    }

    private static Uni<Void> announce(Tx tx, Row completed, int participants, RowSet<Row> results) {
        return tx.publishVersion(
                completed.getLong("version"),
                new CompetitionCompleted(
                        completed.getUUID("id"),
                        completed.getString("name"),
                        completed.getUUID("creator_id"),
                        completed.getLong("creator_incarnation"),
                        completed.getBigDecimal("prize_pool"),
                        completed.getBigDecimal("platform_fee_percentage"),
                        completed.getString("currency"),
                        participants,
                        Rows.list(results, Completion::result),
                        Rows.instant(completed, "completed_at")));
    }

    /** Of whoever is in stealth mode only the rank and the prize are anybody's business. */
    private static CompetitionResult result(Row row) {
        boolean hidden = row.getBoolean("hidden");
        return hidden
                ? new CompetitionResult(
                        row.getUUID("id"),
                        null,
                        null,
                        true,
                        null,
                        row.getInteger("rank"),
                        row.getBigDecimal("amount"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                : new CompetitionResult(
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        row.getLong("incarnation"),
                        false,
                        row.getUUID("clan_id"),
                        row.getInteger("rank"),
                        row.getBigDecimal("amount"),
                        row.getBigDecimal("score"),
                        row.getBigDecimal("total_pnl"),
                        row.getBigDecimal("win_rate"),
                        row.getBigDecimal("sharpe_ratio"),
                        row.getBigDecimal("max_drawdown"),
                        Math.toIntExact(row.getLong("trade_count")));
    }
}
