package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Uni;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Differences;
import io.tradosphere.platform.reconciliation.Outcome;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Computes the scores and ranks of a competition's participants. */
@ApplicationScoped
public class Ranking {

    private static final String TRY_LOCK = "SELECT auth.try_lock('ranking:' || $1::uuid) AS locked";
    /** {@code xmin} identifies the row version. Every update changes it, even one that sets equal values. */
    private static final String DUE = """
            SELECT r.xmin::text AS row_version, c.status, c.scoring_metrics::text AS weights
            FROM rankings r JOIN competitions c ON c.id = r.competition_id
            WHERE r.competition_id = $1 AND r.stale_since IS NOT NULL
              AND (r.ranked_at IS NULL OR r.ranked_at <= clock_timestamp() - interval '1 second')
            """;

    /**
     * Selects all participants, including unranked ones, in one pass. All joins are by key, so a wrong row estimate does not
     * matter. A unit is what is ranked: a participant, or all participants of a team.
     */
    @IncompleteSql
    private static final String SELECT_PARTICIPANTS = """
            SELECT p.id, p.status = 'active' AS ranked, p.hidden, CASE c.type WHEN 'team' THEN p.clan_id ELSE p.id END AS unit,
              p.score, p.rank, p.public_rank
            """;

    private static final String FROM_COMPETITION = """
            FROM competition_participants p JOIN competitions c ON c.id = p.competition_id WHERE p.competition_id = $1
            """;

    /** The number of preceding units plus one; %s selects the units that count. A hidden unit gets the rank it would have. */
    private static final String POSITION = """
            CASE WHEN ranked THEN (1 + count(*) FILTER (WHERE %1$s) OVER ordered - count(*) FILTER (WHERE %1$s) OVER ties)::int END
            """;

    private static final String FROM_UNITS =
            " FROM units WINDOW ordered AS (PARTITION BY ranked ORDER BY unit_score DESC), ties AS (PARTITION BY ranked, unit_score)";

    /** Locks and updates only changed rows, in key order. */
    private static final String UPDATE_CHANGED = """
            , due AS MATERIALIZED (
              SELECT p.id, l.score, l.rank, l.public_rank
              FROM positions l JOIN competition_participants p ON p.id = l.id
              WHERE (l.old_score, l.old_rank, l.old_public_rank) IS DISTINCT FROM (l.score, l.rank, l.public_rank)
              ORDER BY p.id FOR NO KEY UPDATE OF p
            )
            UPDATE competition_participants p SET score = due.score, rank = due.rank, public_rank = due.public_rank
            FROM due WHERE p.id = due.id
            """;

    /**
     * Each metric ranks only the participants that have it; the others score 0. A team's score is the mean of its members'
     * scores.
     */
    @IncompleteSql
    private static final String POSITIONS = "WITH metrics AS (" + SELECT_PARTICIPANTS + """
                , CASE WHEN p.status = 'active' THEN p.total_pnl END AS total_pnl,
                CASE WHEN p.status = 'active' AND p.trade_count > 0 THEN p.win_rate END AS win_rate,
                CASE WHEN p.status = 'active' THEN p.sharpe_ratio END AS sharpe_ratio,
                CASE WHEN p.status = 'active' THEN - p.max_drawdown END AS negated_drawdown
            """ + FROM_COMPETITION
            + """
            ), scored AS (
              SELECT id, ranked, hidden, unit, score AS old_score, rank AS old_rank, public_rank AS old_public_rank,
                round($2::text::numeric * %s + $3::text::numeric * %s + $4::text::numeric * %s + $5::text::numeric * %s, 8) AS score
              FROM metrics
            ), units AS (
              SELECT *, round(avg(score) OVER by_unit, 8) AS unit_score, bool_or(NOT hidden) OVER by_unit AS shown,
                row_number() OVER (PARTITION BY ranked, unit ORDER BY id) = 1 AS is_first_of_unit
              FROM scored WINDOW by_unit AS (PARTITION BY ranked, unit)
            ), positions AS (
              SELECT id, old_score, old_rank, old_public_rank, score, %s AS rank, %s AS public_rank %s
            )
            """.formatted(
                            percentile("total_pnl"),
                            percentile("win_rate"),
                            percentile("sharpe_ratio"),
                            percentile("negated_drawdown"),
                            POSITION.formatted("is_first_of_unit"),
                            POSITION.formatted("is_first_of_unit AND shown"),
                            FROM_UNITS);

    private static final String RANK = POSITIONS + UPDATE_CHANGED;

    /** The participants whose stored ranks differ, while the ranking is up to date. */
    private static final String COMPARE = POSITIONS + """
            SELECT id::text AS id,
              jsonb_build_object('score', old_score, 'rank', old_rank, 'public_rank', old_public_rank)::text AS actual,
              jsonb_build_object('score', score, 'rank', rank, 'public_rank', public_rank)::text AS expected
            FROM positions
            WHERE (old_score, old_rank, old_public_rank) IS DISTINCT FROM (score, rank, public_rank)
              AND NOT EXISTS (SELECT FROM rankings WHERE competition_id = $1 AND stale_since IS NOT NULL)
            ORDER BY id
            """;

    /** In a completed competition only public ranks change. */
    private static final String RENUMBER_PUBLIC = "WITH participants AS (" + SELECT_PARTICIPANTS + FROM_COMPETITION
            + """
            ), units AS (
              SELECT *, - rank AS unit_score, bool_or(NOT hidden) OVER (PARTITION BY ranked, unit) AS shown,
                row_number() OVER (PARTITION BY ranked, unit ORDER BY id) = 1 AS is_first_of_unit
              FROM participants
            ), positions AS (
              SELECT id, score AS old_score, rank AS old_rank, public_rank AS old_public_rank, score, rank, %s AS public_rank %s
            )
            """.formatted(POSITION.formatted("is_first_of_unit AND shown"), FROM_UNITS) + UPDATE_CHANGED;

    private static final String MARK_RANKED = """
            UPDATE rankings SET stale_since = NULL, ranked_at = clock_timestamp() WHERE competition_id = $1 AND xmin::text = $2
            """;
    private static final String KEEP_STALE =
            "UPDATE rankings SET ranked_at = clock_timestamp() WHERE competition_id = $1";
    private static final String MARK_FINAL = """
            INSERT INTO rankings (competition_id, ranked_at) VALUES ($1, clock_timestamp())
            ON CONFLICT (competition_id) DO UPDATE SET stale_since = NULL, ranked_at = EXCLUDED.ranked_at
            """;

    /**
     * Ranks a competition if its ranking is stale and no other transaction holds its lock. Concurrent changes make it stale
     * again.
     *
     * @return whether it was ranked
     */
    Uni<Boolean> rankIfDue(Tx tx, UUID competition) {
        return tryLock(tx, competition)
                .chain(locked -> !locked
                        ? Uni.createFrom().item(false)
                        : tx.execute(DUE, competition)
                                .chain(rows -> Rows.first(rows, row -> row)
                                        .map(due -> rank(tx, competition, due).replaceWith(true))
                                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    /**
     * Tries to take the competition's ranking lock, which is held until the transaction ends.
     *
     * @return false when another transaction holds it
     */
    public Uni<Boolean> tryLock(Tx tx, UUID competition) {
        return tx.execute(TRY_LOCK, competition)
                .map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    /** Ranks a competition for the last time. The participants must be locked and the ranking lock taken. */
    public Uni<Void> rankFinally(Tx tx, UUID competition, ScoringMetrics weights) {
        return rank(tx, competition, weights)
                .chain(() -> tx.execute(MARK_FINAL, competition))
                .replaceWithVoid();
    }

    /** The participants whose stored scores and ranks differ from those of their metrics; none while the ranking is stale. */
    Uni<List<Outcome.Drift>> compare(Tx tx, UUID competition, ScoringMetrics weights) {
        return tx.execute(COMPARE, arguments(competition, weights))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Outcome.Drift(
                                row.getString("id"),
                                Differences.describe(row.getString("actual"), row.getString("expected")))));
    }

    /** Sets the scores and ranks again from the metrics, in a completed competition too. The ranking lock must be taken. */
    Uni<Void> repair(Tx tx, UUID competition, ScoringMetrics weights) {
        return rank(tx, competition, weights);
    }

    private static Uni<Void> rank(Tx tx, UUID competition, Row due) {
        Uni<Void> ranked = due.getString("status").equals("completed")
                ? tx.execute(RENUMBER_PUBLIC, competition).replaceWithVoid()
                : rank(tx, competition, ScoringMetrics.parse(due.getString("weights")));
        return ranked.chain(() -> tx.execute(MARK_RANKED, competition, due.getString("row_version")))
                .chain(marked -> marked.rowCount() == 1
                        ? Uni.createFrom().voidItem()
                        : tx.execute(KEEP_STALE, competition).replaceWithVoid());
    }

    private static Uni<Void> rank(Tx tx, UUID competition, ScoringMetrics weights) {
        return tx.execute(RANK, arguments(competition, weights)).replaceWithVoid();
    }

    private static Object[] arguments(UUID competition, ScoringMetrics weights) {
        return new Object[] {
            competition,
            weights.totalPnl().toString(),
            weights.winRate().toString(),
            weights.sharpeRatio().toString(),
            weights.maxDrawdown().toString()
        };
    }

    /** The percentile is 1 for a participant who alone has the metric. */
    private static String percentile(String metric) {
        return """
                CASE WHEN %1$s IS NULL THEN 0 WHEN count(%1$s) OVER () = 1 THEN 1
                  ELSE (percent_rank() OVER (PARTITION BY %1$s IS NULL ORDER BY %1$s))::numeric END
                """.formatted(metric);
    }
}
