package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Uni;
import io.tradosphere.competition.lifecycle.PrizeSplit.RankedUnit;
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

/** Completes a competition: final ranks, prizes and the event, in one transaction. */
@ApplicationScoped
class Completion {

    /** How many results one record holds. The broker accepts at most one megabyte. */
    private static final int RESULTS_PER_PART = 1_000;

    /** From this update on, triggers refuse joins, withdrawals and disqualifications. */
    private static final String COMPLETE = """
            UPDATE competitions c SET status = 'completed'
            WHERE id = $1 AND status = 'active' AND ends_at <= clock_timestamp()
            RETURNING id, name, creator_id, prize_pool, platform_fee_percentage, currency, version, completed_at,
              rules::text AS rules, scoring_metrics::text AS weights,
              (SELECT p.incarnation FROM profiles p WHERE p.id = c.creator_id) AS creator_incarnation
            """;
    /** Waits for the trade consumer, which locks participants before it scores their trades. */
    private static final String LOCK_PARTICIPANTS = """
            SELECT count(*) FROM (
              SELECT FROM competition_participants WHERE competition_id = $1 ORDER BY id FOR NO KEY UPDATE) AS participants
            """;

    private static final String PRIZE_WINNERS = """
            SELECT p.id, CASE c.type WHEN 'team' THEN p.clan_id ELSE p.id END AS unit, p.rank
            FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.competition_id = $1 AND p.rank <= $2 ORDER BY p.rank, p.id
            """;
    private static final String INSERT_FINAL_RANKS = """
            INSERT INTO prizes (competition_id, user_id, incarnation, hidden, rank, score)
            SELECT p.competition_id, p.user_id, p.incarnation, p.hidden, p.rank, p.score
            FROM competition_participants p WHERE p.competition_id = $1 AND p.rank IS NOT NULL ORDER BY p.rank, p.id
            """;
    private static final String AWARD = """
            UPDATE prizes z SET amount = awarded.amount
            FROM unnest($1::uuid[], $2::text[]::numeric[]) AS awarded(id, amount)
              JOIN competition_participants p ON p.id = awarded.id
            WHERE z.competition_id = p.competition_id AND z.user_id = p.user_id
            """;
    private static final String RESULTS = """
            SELECT p.id, p.user_id, p.incarnation, p.hidden, p.clan_id, p.rank, z.amount, p.score, p.total_pnl,
              CASE WHEN p.trade_count > 0 THEN p.win_rate END AS win_rate, p.sharpe_ratio, p.max_drawdown, p.trade_count
            FROM competition_participants p JOIN prizes z ON z.competition_id = p.competition_id AND z.user_id = p.user_id
            WHERE p.competition_id = $1 AND (p.rank, p.id) > ($2, $3) ORDER BY p.rank, p.id LIMIT $4
            """;

    /** How many results are published: by rank down to the last prize, and at least one record of them. */
    private static final String COUNT_PUBLISHED = """
            SELECT greatest(max(position) FILTER (WHERE amount > 0), least(count(*), $2))::integer AS published
            FROM (
              SELECT z.amount, row_number() OVER (ORDER BY p.rank, p.id) AS position
              FROM competition_participants p
                JOIN prizes z ON z.competition_id = p.competition_id AND z.user_id = p.user_id
              WHERE p.competition_id = $1) AS ranked
            """;

    private final Ranking ranking;

    Completion(Ranking ranking) {
        this.ranking = ranking;
    }

    /** Completes the competition. Does nothing when it is completed already or another transaction holds its lock. */
    Uni<Void> complete(Tx tx, UUID competition) {
        return ranking.tryLock(tx, competition)
                .chain(locked -> locked
                        ? tx.execute(COMPLETE, competition).map(rows -> Rows.first(rows, row -> row))
                        : Uni.createFrom().item(Optional.<Row>empty()))
                .chain(completed -> completed
                        .map(row -> awardAndPublish(tx, row))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> awardAndPublish(Tx tx, Row completed) {
        UUID competition = completed.getUUID("id");
        Rules rules = Rules.parse(completed.getString("rules"));
        ScoringMetrics weights = ScoringMetrics.parse(completed.getString("weights"));
        BigDecimal pool = PrizeSplit.afterFee(
                completed.getBigDecimal("prize_pool"), completed.getBigDecimal("platform_fee_percentage"));
        return tx.execute(LOCK_PARTICIPANTS, competition)
                .chain(() -> ranking.rankFinally(tx, competition, weights))
                .chain(() -> tx.execute(INSERT_FINAL_RANKS, competition))
                .chain(inserted -> tx.execute(
                                PRIZE_WINNERS,
                                competition,
                                rules.prizeDistribution().size())
                        .chain(winners -> award(tx, prizes(pool, rules, winners)))
                        .chain(() -> tx.execute(COUNT_PUBLISHED, competition, RESULTS_PER_PART))
                        .map(rows -> rows.iterator().next().getInteger("published"))
                        .chain(published -> new Parts(tx, completed, inserted.rowCount(), published).publish()));
    }

    private static Uni<Void> award(Tx tx, Map<UUID, BigDecimal> prizes) {
        return tx.execute(
                        AWARD,
                        prizes.keySet().toArray(UUID[]::new),
                        prizes.values().stream().map(BigDecimal::toPlainString).toArray(String[]::new))
                .replaceWithVoid();
    }

    /** Computes each participant's prize. A team's prize is split among its members. */
    private static Map<UUID, BigDecimal> prizes(BigDecimal pool, Rules rules, RowSet<Row> winners) {
        Map<UUID, List<UUID>> members = new LinkedHashMap<>();
        List<RankedUnit> units = new ArrayList<>();
        for (Row row : winners) {
            UUID unit = row.getUUID("unit");
            if (!members.containsKey(unit)) {
                units.add(new RankedUnit(unit, row.getInteger("rank")));
            }
            members.computeIfAbsent(unit, first -> new ArrayList<>()).add(row.getUUID("id"));
        }
        Map<UUID, BigDecimal> prizes = new HashMap<>();
        PrizeSplit.distribute(pool, rules.prizeDistribution(), units)
                .forEach((unit, amount) -> prizes.putAll(PrizeSplit.splitEqually(amount, members.get(unit))));
        return prizes;
    }

    /**
     * Publishes the results in as many events as they need. The first carries the competition's version as its sequence, and the
     * further ones higher sequences.
     *
     * @param participants how many took part
     * @param published how many results are published
     */
    private record Parts(Tx tx, Row completed, int participants, int published) {

        private static final int BEFORE_FIRST_RANK = 0;
        private static final UUID BEFORE_FIRST_ID = new UUID(0, 0);

        Uni<Void> publish() {
            return publishAfter(BEFORE_FIRST_RANK, BEFORE_FIRST_ID, 1);
        }

        private Uni<Void> publishAfter(int rank, UUID participant, int part) {
            int remaining = published - (part - 1) * RESULTS_PER_PART;
            return tx.execute(
                            RESULTS, completed.getUUID("id"), rank, participant, Math.min(remaining, RESULTS_PER_PART))
                    .map(rows -> Rows.list(rows, Completion::result))
                    .chain(results -> publish(part, results).chain(() -> {
                        if (part >= parts()) {
                            return Uni.createFrom().voidItem();
                        }
                        CompetitionResult last = results.get(results.size() - 1);
                        return publishAfter(last.rank(), last.participantId(), part + 1);
                    }));
        }

        private Uni<Void> publish(int part, List<CompetitionResult> results) {
            CompetitionCompleted event = event(part, results);
            return part == 1 ? tx.publishVersion(completed.getLong("version"), event) : tx.publish(event);
        }

        private CompetitionCompleted event(int part, List<CompetitionResult> results) {
            return new CompetitionCompleted(
                    completed.getUUID("id"),
                    completed.getString("name"),
                    completed.getUUID("creator_id"),
                    completed.getLong("creator_incarnation"),
                    completed.getBigDecimal("prize_pool"),
                    completed.getBigDecimal("platform_fee_percentage"),
                    completed.getString("currency"),
                    participants,
                    results,
                    Rows.instant(completed, "completed_at"),
                    parts() == 1 ? null : part,
                    parts() == 1 ? null : parts());
        }

        /** At least one, also of a competition without participants. */
        private int parts() {
            return Math.max(1, (published + RESULTS_PER_PART - 1) / RESULTS_PER_PART);
        }
    }

    /** Of a participant in stealth mode only rank and prize are published. */
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
