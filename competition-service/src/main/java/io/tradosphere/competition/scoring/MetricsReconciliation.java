package io.tradosphere.competition.scoring;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The reconciliation of participants' metrics with their counted trades, computed by the code that scores. */
record MetricsReconciliation(Metrics metrics) implements Reconciliation {

    /** An erased participant has no trades left; the metrics stay. Locked, so that no trade is counted meanwhile. */
    private static final String LOCK_NEXT = "SELECT " + Participation.COLUMNS + """
             FROM competition_participants p JOIN competitions c ON c.id = p.competition_id
            WHERE p.user_id IS NOT NULL AND p.id > $1 ORDER BY p.id LIMIT $2 FOR NO KEY UPDATE OF p
            """;

    private static final UUID FIRST = new UUID(0, 0);

    @Override
    public String name() {
        return "competition_participants.trade_count, total_pnl, win_rate, sharpe_ratio, max_drawdown";
    }

    @Override
    public Set<String> columns() {
        return Set.of(
                "competition_participants.trade_count",
                "competition_participants.total_pnl",
                "competition_participants.win_rate",
                "competition_participants.sharpe_ratio",
                "competition_participants.max_drawdown");
    }

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repair) {
        Progress progress = new Progress();
        return reconciler
                .slice()
                .asWorkerInBatches(tx -> tx.execute(LOCK_NEXT, progress.last, Metrics.BATCH_SIZE)
                        .map(rows -> Rows.list(rows, (Row row) -> Participation.of(row)))
                        .chain(batch -> batch.isEmpty()
                                ? Uni.createFrom().item(false)
                                : compare(tx, batch, repair).map(found -> progress.add(batch, found))))
                .map(done -> new Outcome(
                        progress.rows, progress.drift.size(), repair ? progress.drift.size() : 0, progress.drift));
    }

    private Uni<List<Outcome.Drift>> compare(Tx tx, List<Participation> batch, boolean repair) {
        return metrics.compare(tx, batch)
                .call(found -> repair && !found.isEmpty()
                        ? metrics.recompute(tx, batch)
                        : Uni.createFrom().voidItem());
    }

    private static final class Progress {
        private UUID last = FIRST;
        private long rows;
        private final List<Outcome.Drift> drift = new ArrayList<>();

        boolean add(List<Participation> batch, List<Outcome.Drift> found) {
            UUID[] ids = column(batch, Participation::id, UUID[]::new);
            last = ids[ids.length - 1];
            rows += ids.length;
            drift.addAll(found);
            return true;
        }
    }
}
