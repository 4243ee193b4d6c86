package io.tradosphere.competition.scoring;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.platform.reconciliation.Reconciliation;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The reconciliation of participants' scores and ranks with their metrics, by the statement that ranks. */
record RankReconciliation(Ranking ranking) implements Reconciliation {

    private static final String RANKED = """
            SELECT c.id, c.scoring_metrics::text AS weights, count(p.id) AS participants
            FROM competitions c JOIN rankings r ON r.competition_id = c.id JOIN competition_participants p ON p.competition_id = c.id
            WHERE r.stale_since IS NULL GROUP BY c.id ORDER BY c.id
            """;

    @Override
    public String name() {
        return "competition_participants.score, rank, public_rank";
    }

    @Override
    public Set<String> columns() {
        return Set.of(
                "competition_participants.score",
                "competition_participants.rank",
                "competition_participants.public_rank");
    }

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repair) {
        return reconciler
                .slice()
                .asWorker(RANKED)
                .map(rows -> Rows.list(
                        rows,
                        row -> new Ranked(
                                row.getUUID("id"),
                                ScoringMetrics.parse(row.getString("weights")),
                                row.getLong("participants"))))
                .chain(competitions -> Multi.createFrom()
                        .iterable(competitions)
                        .onItem()
                        .transformToUniAndConcatenate(
                                ranked -> reconciler.slice().asWorker(tx -> compare(tx, ranked, repair)))
                        .collect()
                        .asList()
                        .map(found -> {
                            List<Outcome.Drift> drift =
                                    found.stream().flatMap(List::stream).toList();
                            long rows = competitions.stream()
                                    .mapToLong(Ranked::participants)
                                    .sum();
                            return new Outcome(rows, drift.size(), repair ? drift.size() : 0, drift);
                        }));
    }

    /** A competition that is being ranked at this moment is left out: its ranking is not finished. */
    private Uni<List<Outcome.Drift>> compare(Tx tx, Ranked ranked, boolean repair) {
        return ranking.tryLock(tx, ranked.id())
                .chain(locked -> locked
                        ? ranking.compare(tx, ranked.id(), ranked.weights())
                                .call(found -> repair && !found.isEmpty()
                                        ? ranking.repair(tx, ranked.id(), ranked.weights())
                                        : Uni.createFrom().voidItem())
                        : Uni.createFrom().item(List.of()));
    }

    private record Ranked(UUID id, ScoringMetrics weights, long participants) {}
}
