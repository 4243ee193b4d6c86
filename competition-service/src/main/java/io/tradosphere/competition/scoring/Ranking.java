package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Uni;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The scores and places of a competition's participants. */
@ApplicationScoped
public class Ranking {

    private static final String TAKE_TURN =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('ranking ' || $1::uuid, 0)) AS mine";
    /** {@code xmin} changes with every word that something has changed, also with one that says nothing new. */
    private static final String DUE = """
            SELECT r.xmin::text AS mark, c.status, c.scoring_metrics::text AS weights
            FROM rankings r JOIN competitions c ON c.id = r.competition_id
            WHERE r.competition_id = $1 AND r.stale_since IS NOT NULL
              AND (r.ranked_at IS NULL OR r.ranked_at <= clock_timestamp() - interval '1 second')
            """;

    /**
     * Everybody, those without a rank too, in one pass: whatever the planner takes their number for, nothing is joined but by key. A
     * unit is what is ranked, a participant or a team's participants together.
     */
    private static final String PARTICIPANTS = """
            SELECT p.id, p.status = 'active' AS ranked, p.hidden, CASE c.type WHEN 'team' THEN p.clan_id ELSE p.id END AS unit,
              p.score, p.rank, p.public_rank
            """;

    private static final String OF_COMPETITION = """
            FROM competition_participants p JOIN competitions c ON c.id = p.competition_id WHERE p.competition_id = $1
            """;

    /** How many units stand before, and one; %s says which units count. Of a hidden one, where it would stand. */
    private static final String PLACE = """
            CASE WHEN ranked THEN (1 + count(*) FILTER (WHERE %1$s) OVER ordered - count(*) FILTER (WHERE %1$s) OVER equals)::int END
            """;

    private static final String EQUALS_AND_ORDER =
            " FROM units WINDOW ordered AS (PARTITION BY ranked ORDER BY worth DESC), equals AS (PARTITION BY ranked, worth)";

    /** Rows are locked in the order of their keys, and only those that change. */
    private static final String MOVE = """
            , due AS MATERIALIZED (
              SELECT p.id, l.score, l.rank, l.public_rank
              FROM placed l JOIN competition_participants p ON p.id = l.id
              WHERE (l.old_score, l.old_rank, l.old_public_rank) IS DISTINCT FROM (l.score, l.rank, l.public_rank)
              ORDER BY p.id FOR NO KEY UPDATE OF p
            )
            UPDATE competition_participants p SET score = due.score, rank = due.rank, public_rank = due.public_rank
            FROM due WHERE p.id = due.id
            """;

    /** Of each metric only those who have it are ranked; who has none gets nothing for it. A team is worth its members' mean. */
    private static final String RANK = "WITH metrics AS (" + PARTICIPANTS + """
                , CASE WHEN p.status = 'active' THEN p.total_pnl END AS total_pnl,
                CASE WHEN p.status = 'active' AND p.trade_count > 0 THEN p.win_rate END AS win_rate,
                CASE WHEN p.status = 'active' THEN p.sharpe_ratio END AS sharpe_ratio,
                CASE WHEN p.status = 'active' THEN - p.max_drawdown END AS steadiness
            """ + OF_COMPETITION
            + """
            ), scored AS (
              SELECT id, ranked, hidden, unit, score AS old_score, rank AS old_rank, public_rank AS old_public_rank,
                round($2::text::numeric * %s + $3::text::numeric * %s + $4::text::numeric * %s + $5::text::numeric * %s, 8) AS score
              FROM metrics
            ), units AS (
              SELECT *, round(avg(score) OVER together, 8) AS worth, bool_or(NOT hidden) OVER together AS shown,
                row_number() OVER (PARTITION BY ranked, unit ORDER BY id) = 1 AS leads
              FROM scored WINDOW together AS (PARTITION BY ranked, unit)
            ), placed AS (
              SELECT id, old_score, old_rank, old_public_rank, score, %s AS rank, %s AS public_rank %s
            )
            """.formatted(
                            percentile("total_pnl"),
                            percentile("win_rate"),
                            percentile("sharpe_ratio"),
                            percentile("steadiness"),
                            PLACE.formatted("leads"),
                            PLACE.formatted("leads AND shown"),
                            EQUALS_AND_ORDER)
            + MOVE;

    /** Of a competition that is over nothing moves but what is seen of it. */
    private static final String RENUMBER = "WITH participants AS (" + PARTICIPANTS + OF_COMPETITION
            + """
            ), units AS (
              SELECT *, - rank AS worth, bool_or(NOT hidden) OVER (PARTITION BY ranked, unit) AS shown,
                row_number() OVER (PARTITION BY ranked, unit ORDER BY id) = 1 AS leads
              FROM participants
            ), placed AS (
              SELECT id, score AS old_score, rank AS old_rank, public_rank AS old_public_rank, score, rank, %s AS public_rank %s
            )
            """.formatted(PLACE.formatted("leads AND shown"), EQUALS_AND_ORDER) + MOVE;

    private static final String UP_TO_DATE = """
            UPDATE rankings SET stale_since = NULL, ranked_at = clock_timestamp() WHERE competition_id = $1 AND xmin::text = $2
            """;
    private static final String STALE_AGAIN =
            "UPDATE rankings SET ranked_at = clock_timestamp() WHERE competition_id = $1";
    private static final String FINAL = """
            INSERT INTO rankings (competition_id, ranked_at) VALUES ($1, clock_timestamp())
            ON CONFLICT (competition_id) DO UPDATE SET stale_since = NULL, ranked_at = EXCLUDED.ranked_at
            """;

    /**
     * Ranks a competition anew if that is due, and nobody else is at it. What changes meanwhile makes it due again.
     *
     * @return whether it was ranked
     */
    Uni<Boolean> rankIfDue(Tx tx, UUID competition) {
        return takeTurn(tx, competition)
                .chain(mine -> !mine
                        ? Uni.createFrom().item(false)
                        : tx.execute(DUE, competition)
                                .chain(rows -> Rows.first(rows, row -> row)
                                        .map(due -> rank(tx, competition, due).replaceWith(true))
                                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    /**
     * Makes sure, until the transaction ends, that nobody ranks the competition but this transaction.
     *
     * @return false when somebody else is at it
     */
    public Uni<Boolean> takeTurn(Tx tx, UUID competition) {
        return tx.execute(TAKE_TURN, competition)
                .map(rows -> rows.iterator().next().getBoolean("mine"));
    }

    /** Ranks a competition for the last time; its participants are locked, and it is this transaction's turn. */
    public Uni<Void> rankFinally(Tx tx, UUID competition, ScoringMetrics weights) {
        return rank(tx, competition, weights)
                .chain(() -> tx.execute(FINAL, competition))
                .replaceWithVoid();
    }

    private static Uni<Void> rank(Tx tx, UUID competition, Row due) {
        Uni<Void> ranked = due.getString("status").equals("completed")
                ? tx.execute(RENUMBER, competition).replaceWithVoid()
                : rank(tx, competition, ScoringMetrics.parse(due.getString("weights")));
        return ranked.chain(() -> tx.execute(UP_TO_DATE, competition, due.getString("mark")))
                .chain(done -> done.rowCount() == 1
                        ? Uni.createFrom().voidItem()
                        : tx.execute(STALE_AGAIN, competition).replaceWithVoid());
    }

    private static Uni<Void> rank(Tx tx, UUID competition, ScoringMetrics weights) {
        return tx.execute(
                        RANK,
                        competition,
                        weights.totalPnl().toString(),
                        weights.winRate().toString(),
                        weights.sharpeRatio().toString(),
                        weights.maxDrawdown().toString())
                .replaceWithVoid();
    }

    /** 1 for whoever is alone in having the metric. */
    private static String percentile(String metric) {
        return """
                CASE WHEN %1$s IS NULL THEN 0 WHEN count(%1$s) OVER () = 1 THEN 1
                  ELSE (percent_rank() OVER (PARTITION BY %1$s IS NULL ORDER BY %1$s))::numeric END
                """.formatted(metric);
    }
}
