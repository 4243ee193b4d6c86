package io.tradosphere.social.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.tradosphere.social.pair.PairKeys;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The source of the replicas of blocks. */
@ApplicationScoped
class BlockSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT concat(blocker_id, ':', blocked_id) AS key,
              jsonb_build_object('blocker_incarnation', blocker_incarnation, 'blocked_incarnation', blocked_incarnation) AS state,
              created_at::text AS mark
            FROM blocks WHERE {blocker_id}
            """;

    private static final PairKeys PAIRS = new PairKeys("blocks", "blocker", "blocked");

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "blocks";
    }

    @Override
    public Topic topic() {
        return Topic.BLOCKS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        return PAIRS.lockAndRead(tx, keys)
                .chain(rows -> tx.publish(Rows.list(rows, BlockSource::event))
                        .chain(() -> PairKeys.buryAbsent(tx, Topic.BLOCKS, rows)));
    }

    private static BlockEvent event(Row row) {
        return row.getBoolean("exists")
                ? new Blocked(
                        row.getUUID("one"),
                        row.getLong("one_incarnation"),
                        row.getUUID("other"),
                        row.getLong("other_incarnation"),
                        Rows.instant(row, "since"))
                : new Unblocked(
                        row.getUUID("one"),
                        row.getLong("one_incarnation"),
                        row.getUUID("other"),
                        row.getLong("other_incarnation"),
                        Rows.instant(row, "since"));
    }
}
