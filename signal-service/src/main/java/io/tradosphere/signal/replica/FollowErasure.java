package io.tradosphere.signal.replica;

import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.replica.PairTable;
import java.util.List;
import java.util.Map;

/** The erasure of follows in both roles, with the person's signals in the followers' timelines. */
final class FollowErasure {

    private static final SqlFile SQL = SqlFile.of(FollowErasure.class);

    private static final int AT_ONCE = 1_000;

    /** A separate statement: the next one sees every fan-out committed so far, and no further one can start. */
    private static final String LOCK_CREATOR = "SELECT FROM creators WHERE id = $1 FOR UPDATE";

    /**
     * Erases by reader, since the timeline is indexed only by its reader. It takes some followers and deletes the
     * person's rows in their timelines. When no row is left it deletes the follows.
     */
    private static final String FOLLOWERS = SQL.get("followers", Map.of("endOfLife", ErasureStep.END_OF_LIFE));

    /** Creators are locked before their follows, as in every transaction that touches both. */
    private static final String FOLLOWED = """
            WITH own AS MATERIALIZED (
              SELECT following_id FROM follows
              WHERE follower_id = $1 AND follower_incarnation <= $2 ORDER BY following_id LIMIT $3
            ), locked AS MATERIALIZED (
              SELECT id FROM creators WHERE id IN (SELECT following_id FROM own) ORDER BY id FOR UPDATE
            ), ended AS (
              DELETE FROM follows f USING own
              WHERE f.follower_id = $1 AND f.following_id = own.following_id AND f.follower_incarnation <= $2
                AND (SELECT count(*) FROM locked) >= 0
              RETURNING f.following_id, f.is_following
            ), decremented AS (
              UPDATE creators c SET follower_count = greatest(c.follower_count - 1, 0)
              FROM ended WHERE c.id = ended.following_id AND ended.is_following
            )
            SELECT FROM own
            """;

    /** A person with a later incarnation keeps the row. It has no incarnation, and counts only what that one has. */
    private static final String CREATOR = """
            DELETE FROM creators WHERE id = $1
              AND NOT EXISTS (SELECT FROM profiles WHERE id = $1 AND incarnation > $2)
            """;

    static final List<ErasureStep> STEPS = List.of(
            ErasureStep.by((tx, person, incarnation) -> tx.execute(PairTable.LOCK_EXCLUSIVE)
                            .chain(() -> tx.execute(LOCK_CREATOR, person))
                            .chain(() -> tx.execute(FOLLOWERS, person, incarnation, AT_ONCE))
                            .map(rows -> rows.rowCount() > 0))
                    .covering("follows.following_id", "timeline.creator_id"),
            ErasureStep.of(FOLLOWED, AT_ONCE).covering("follows.follower_id"),
            ErasureStep.atOnce(CREATOR).covering("creators.id"));

    private FollowErasure() {}
}
