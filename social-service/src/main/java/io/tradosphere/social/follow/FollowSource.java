package io.tradosphere.social.follow;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import io.tradosphere.social.pair.PairKeys;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The source of the replicas of follows. */
@ApplicationScoped
class FollowSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT concat(follower_id, ':', following_id) AS key,
              jsonb_build_object('follower_incarnation', follower_incarnation, 'following_incarnation', following_incarnation) AS state,
              created_at::text AS mark
            FROM follows WHERE {follower_id}
            """;

    private static final PairKeys PAIRS = new PairKeys("follows", "follower", "following");

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "follows";
    }

    @Override
    public Topic topic() {
        return Topic.FOLLOWS;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        return PAIRS.lockAndRead(tx, keys)
                .chain(rows -> tx.publish(Rows.list(rows, FollowSource::event))
                        .chain(() -> PairKeys.buryAbsent(tx, Topic.FOLLOWS, rows)));
    }

    private static FollowEvent event(Row row) {
        return row.getBoolean("exists")
                ? new Followed(
                        row.getUUID("one"),
                        row.getLong("one_incarnation"),
                        row.getUUID("other"),
                        row.getLong("other_incarnation"),
                        Rows.instant(row, "since"))
                : new Unfollowed(
                        row.getUUID("one"),
                        row.getLong("one_incarnation"),
                        row.getUUID("other"),
                        row.getLong("other_incarnation"),
                        Rows.instant(row, "since"));
    }
}
