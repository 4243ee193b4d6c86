package io.tradosphere.signal.erasure;

import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.tradosphere.signal.graph.Pairs;
import java.util.List;

/** A person in feeds: whom they followed and blocked, who did so with them, their timeline, and their place in those of others. */
final class Feeds {

    private static final int AT_ONCE = 1_000;

    /** In a statement of its own: what was being fanned out until then is seen by the next, and nothing is any more after it. */
    private static final String LOCK_CREATOR = "SELECT FROM creators WHERE id = $1 FOR UPDATE";

    /**
     * Reader by reader, since a timeline is only indexed by its reader: some followers, what their timelines hold of the person,
     * and, once that is all, the follows themselves.
     */
    private static final String FOLLOWERS = """
            WITH readers AS MATERIALIZED (
              (SELECT follower_id FROM follows
               WHERE following_id = $1 AND is_following AND following_incarnation <= $2 ORDER BY follower_id LIMIT 20)
              UNION ALL
              (SELECT follower_id FROM follows
               WHERE following_id = $1 AND NOT is_following AND following_incarnation <= $2 ORDER BY follower_id LIMIT 20)
            ), shown AS MATERIALIZED (
              SELECT t.reader_id, t.posted_at, t.signal_id FROM timeline t JOIN readers ON readers.follower_id = t.reader_id
              WHERE t.creator_id = $1 AND t.created_at < %s LIMIT $3
            ), purged AS (
              DELETE FROM timeline t USING shown
              WHERE t.reader_id = shown.reader_id AND t.posted_at = shown.posted_at AND t.signal_id = shown.signal_id
            ), ended AS (
              DELETE FROM follows f USING readers
              WHERE f.follower_id = readers.follower_id AND f.following_id = $1 AND (SELECT count(*) FROM shown) < $3
              RETURNING f.is_following
            ), uncounted AS (
              UPDATE creators c SET follower_count = greatest(c.follower_count - ended.follows, 0)
              FROM (SELECT count(*) AS follows FROM ended WHERE is_following) AS ended
              WHERE c.id = $1 AND ended.follows > 0
            )
            SELECT FROM readers
            """.formatted(ForgettingInParts.END_OF_LIFE);

    /** Creators are locked before their follows, as everybody does who touches both. */
    private static final String FOLLOWED = """
            WITH theirs AS MATERIALIZED (
              SELECT following_id FROM follows
              WHERE follower_id = $1 AND follower_incarnation <= $2 ORDER BY following_id LIMIT $3
            ), locked AS MATERIALIZED (
              SELECT id FROM creators WHERE id IN (SELECT following_id FROM theirs) ORDER BY id FOR UPDATE
            ), gone AS (
              DELETE FROM follows f USING theirs
              WHERE f.follower_id = $1 AND f.following_id = theirs.following_id AND f.follower_incarnation <= $2
                AND (SELECT count(*) FROM locked) >= 0
              RETURNING f.following_id, f.is_following
            ), uncounted AS (
              UPDATE creators c SET follower_count = greatest(c.follower_count - 1, 0)
              FROM gone WHERE c.id = gone.following_id AND gone.is_following
            )
            SELECT FROM theirs
            """;

    private static final String BLOCKS = """
            DELETE FROM blocks b USING (
              (SELECT blocker_id, blocked_id FROM blocks WHERE blocker_id = $1 AND blocker_incarnation <= $2 LIMIT $3)
              UNION
              (SELECT blocker_id, blocked_id FROM blocks WHERE blocked_id = $1 AND blocked_incarnation <= $2 LIMIT $3)
            ) AS theirs
            WHERE b.blocker_id = theirs.blocker_id AND b.blocked_id = theirs.blocked_id
            """;
    private static final String TIMELINE = """
            DELETE FROM timeline WHERE (reader_id, posted_at, signal_id) IN (
              SELECT reader_id, posted_at, signal_id FROM timeline WHERE reader_id = $1 AND created_at < %s LIMIT $3)
            """.formatted(ForgettingInParts.END_OF_LIFE);

    /** Who has come back keeps the row, which has no incarnation and counts only what the present life has. */
    private static final String CREATOR = """
            DELETE FROM creators WHERE id = $1
              AND NOT EXISTS (SELECT FROM profiles WHERE id = $1 AND incarnation > $2)
            """;

    static final List<Part> PARTS = List.of(
            (tx, person, incarnation) -> tx.execute(Pairs.STILL)
                    .chain(() -> tx.execute(LOCK_CREATOR, person))
                    .chain(() -> tx.execute(FOLLOWERS, person, incarnation, AT_ONCE))
                    .map(rows -> rows.rowCount() > 0),
            Part.of(FOLLOWED, AT_ONCE),
            Part.of(BLOCKS, AT_ONCE),
            Part.of(TIMELINE, AT_ONCE),
            Part.atOnce(CREATOR));

    private Feeds() {}
}
