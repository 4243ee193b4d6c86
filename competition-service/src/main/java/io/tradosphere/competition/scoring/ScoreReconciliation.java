package io.tradosphere.competition.scoring;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The reconciliations of scores, in the order of their derivation: trades of signal-service, counted trades, metrics, scores with
 * ranks, final results.
 */
@ApplicationScoped
class ScoreReconciliation implements Reconciled {

    /** Results of erased persons have no participant to be compared with. */
    private static final String COMPARE_RESULTS = """
            SELECT z.id, jsonb_build_object('rank', p.rank, 'score', p.score, 'incarnation', p.incarnation) AS expected,
              jsonb_build_object('rank', z.rank, 'score', z.score, 'incarnation', z.incarnation) AS actual
            FROM prizes z JOIN competition_participants p ON p.competition_id = z.competition_id AND p.user_id = z.user_id
            WHERE {z.id}
            """;

    private static final String LOCK_COMPETITIONS = """
            SELECT FROM competitions WHERE id IN (SELECT competition_id FROM prizes WHERE {id}) ORDER BY id FOR NO KEY UPDATE
            """;
    private static final String SET_RESULTS = """
            UPDATE prizes z SET rank = p.rank, score = p.score, incarnation = p.incarnation FROM competition_participants p
            WHERE {z.id} AND p.competition_id = z.competition_id AND p.user_id = z.user_id
            """;

    private final Metrics metrics;
    private final Ranking ranking;

    ScoreReconciliation(Metrics metrics, Ranking ranking) {
        this.metrics = metrics;
        this.ranking = ranking;
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                new ScoredTradeReconciliation(),
                new MetricsReconciliation(metrics),
                new RankReconciliation(ranking),
                DerivedValue.ofTransaction(
                        "prizes.rank, score, incarnation",
                        Set.of("prizes.rank", "prizes.score", "prizes.incarnation"),
                        COMPARE_RESULTS,
                        List.of(LOCK_COMPETITIONS),
                        List.of(SET_RESULTS)));
    }
}
