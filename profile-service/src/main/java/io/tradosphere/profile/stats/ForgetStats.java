package io.tradosphere.profile.stats;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Forgets whom an erased person followed and was followed by, whoever they followed having one follower less, and how their signals
 * came out.
 */
@ApplicationScoped
class ForgetStats implements Forgetting {

    private static final int AT_ONCE = 2_000;

    private static final String FORGET_EDGES = """
            WITH gone AS (
              DELETE FROM follow_edges e USING (
                (SELECT follower_id, following_id FROM follow_edges
                 WHERE follower_id = $1 AND follower_incarnation <= $2 LIMIT $3)
                UNION
                (SELECT follower_id, following_id FROM follow_edges
                 WHERE following_id = $1 AND following_incarnation <= $2 LIMIT $3)
              ) AS theirs
              WHERE e.follower_id = theirs.follower_id AND e.following_id = theirs.following_id
              RETURNING e.follower_id, e.following_id, e.following_incarnation, e.active
            ), locked AS MATERIALIZED (
              SELECT s.profile_id FROM profile_stats s JOIN gone
                ON s.profile_id = gone.following_id AND s.incarnation = gone.following_incarnation
              WHERE gone.follower_id = $1 AND gone.active
              ORDER BY s.profile_id FOR UPDATE OF s
            ), uncounted AS (
              UPDATE profile_stats s SET follower_count = s.follower_count - 1, updated_at = now()
              FROM locked WHERE s.profile_id = locked.profile_id
              RETURNING s.profile_id
            ), ranked AS (
              INSERT INTO ranking_due (profile_id) SELECT profile_id FROM uncounted ORDER BY profile_id
              ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
            )
            SELECT count(*) AS gone FROM gone
            """;
    private static final String FORGET_OUTCOMES = """
            DELETE FROM signal_outcomes WHERE (creator_id, incarnation, resolved_at, signal_id) IN (
              SELECT creator_id, incarnation, resolved_at, signal_id FROM signal_outcomes
              WHERE creator_id = $1 AND incarnation <= $2 LIMIT $3)
            """;

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return tx.execute(FORGET_EDGES, person, incarnation, AT_ONCE)
                .map(rows -> rows.iterator().next().getLong("gone") >= AT_ONCE)
                .chain(more -> more
                        ? Uni.createFrom().item(true)
                        : tx.execute(FORGET_OUTCOMES, person, incarnation, AT_ONCE)
                                .map(rows -> rows.rowCount() >= AT_ONCE));
    }
}
