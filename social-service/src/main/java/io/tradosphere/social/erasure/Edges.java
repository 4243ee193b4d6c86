package io.tradosphere.social.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.social.block.BlockEvents;
import io.tradosphere.social.follow.FollowEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Ends what is between an erased person and others. Whom they followed has one follower less, and is told of; of those who
 * followed them nobody's count falls, and their key merely ends. Likewise with blocks.
 */
@ApplicationScoped
class Edges {

    /** Of each kind and direction; a statement touches at most twice as many rows. */
    private static final int AT_ONCE = 1_000;

    private static final String END_FOLLOWS = """
            WITH theirs AS MATERIALIZED (
              (SELECT follower_id, following_id FROM follows
               WHERE follower_id = $1 AND follower_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT follower_id, following_id FROM follows
               WHERE following_id = $1 AND following_incarnation <= $2 LIMIT $3)
            ), ended AS (
              DELETE FROM follows f USING theirs
              WHERE f.follower_id = theirs.follower_id AND f.following_id = theirs.following_id
              RETURNING f.follower_id, f.follower_incarnation, f.following_id, f.following_incarnation,
                NULL::text AS cause, f.follower_id = $1 AS told
            ), announced AS (
            """ + FollowEvents.ANNOUNCE_ENDED + """
            )
            SELECT count(*) AS found FROM theirs
            """;
    private static final String END_BLOCKS = """
            WITH theirs AS MATERIALIZED (
              (SELECT blocker_id, blocked_id FROM blocks
               WHERE blocker_id = $1 AND blocker_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT blocker_id, blocked_id FROM blocks
               WHERE blocked_id = $1 AND blocked_incarnation <= $2 LIMIT $3)
            ), ended AS (
              DELETE FROM blocks b USING theirs
              WHERE b.blocker_id = theirs.blocker_id AND b.blocked_id = theirs.blocked_id
              RETURNING b.blocker_id, b.blocker_incarnation, b.blocked_id, b.blocked_incarnation,
                NULL::text AS cause, b.blocker_id = $1 AS told
            ), announced AS (
            """ + BlockEvents.ANNOUNCE_ENDED + """
            )
            SELECT count(*) AS found FROM theirs
            """;

    /** Ends a part of them; whether there may be more. */
    Uni<Boolean> endSome(Tx tx, UUID person, long incarnation) {
        return endSome(tx, END_FOLLOWS, person, incarnation)
                .chain(more -> more ? Uni.createFrom().item(true) : endSome(tx, END_BLOCKS, person, incarnation));
    }

    private static Uni<Boolean> endSome(Tx tx, String sql, UUID person, long incarnation) {
        return tx.execute(sql, person, incarnation, AT_ONCE)
                .map(rows -> rows.iterator().next().getLong("found") >= AT_ONCE);
    }
}
