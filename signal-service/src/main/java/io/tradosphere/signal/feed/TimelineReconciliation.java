package io.tradosphere.signal.feed;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The reconciliation of timelines, by creator. A follower's timeline must have the creator's signals since {@code merged_until}.
 * Further rows are ignored by feeds, so they are no drift.
 */
@ApplicationScoped
class TimelineReconciliation implements Reconciled {

    /**
     * Public signals. The fan-out of younger ones, or of those that have just become public, may be in progress. Fifteen seconds are longer than the transaction of a post and its way to
     * the topic.
     */
    private static final String SETTLED = """
            s.is_public AND s.posted_at < now() - interval '15 seconds'
              AND (s.audience = 'public' OR s.resolved_at < now() - interval '15 seconds')
            """;

    private static final String COMPARE = """
            SELECT f.following_id AS id, jsonb_build_object('missing timeline rows', 0) AS expected,
              jsonb_build_object('missing timeline rows', count(*) FILTER (WHERE t.reader_id IS NULL)) AS actual
            FROM follows f JOIN signals s ON s.creator_id = f.following_id AND s.posted_at > f.merged_until AND %s LEFT JOIN timeline t ON t.reader_id = f.follower_id AND t.posted_at = s.posted_at AND t.signal_id = s.id
              AND t.creator_id = s.creator_id
            WHERE f.is_following AND f.merged_until < 'infinity' AND {f.following_id}
            GROUP BY f.following_id
            """.formatted(SETTLED);

    private static final String LOCK = "SELECT FROM creators WHERE {id} ORDER BY id FOR NO KEY UPDATE";

    /** The feed merges these follows on read at once, so it is complete. The backfill fills the timelines again. */
    private static final String DELETE_DAMAGED = """
            DELETE FROM timeline t USING follows f, signals s
            WHERE {f.following_id} AND t.reader_id = f.follower_id AND s.id = t.signal_id AND s.posted_at = t.posted_at
              AND s.creator_id = f.following_id AND t.creator_id <> s.creator_id
            """;

    private static final String MERGE_ON_READ = """
            UPDATE follows f SET merged_until = 'infinity', has_leftovers = true
            WHERE {f.following_id} AND f.is_following AND f.merged_until < 'infinity' AND EXISTS (
              SELECT FROM signals s WHERE s.creator_id = f.following_id AND s.is_public AND s.posted_at > f.merged_until AND NOT EXISTS (
                SELECT FROM timeline t WHERE t.reader_id = f.follower_id AND t.posted_at = s.posted_at AND t.signal_id = s.id
                  AND t.creator_id = s.creator_id))
            """;
    private static final String BACKFILL = "UPDATE creators SET backfilled = false WHERE {id}";

    /** At rest the last resolution is that of the creator's newest resolved signal; erasure may leave a later one. */
    private static final String COMPARE_RESOLVED = """
            SELECT c.id,
              jsonb_build_object('last_resolved_at', greatest(c.last_resolved_at, max(s.resolved_at))) AS expected,
              jsonb_build_object('last_resolved_at', c.last_resolved_at) AS actual
            FROM creators c JOIN signals s ON s.creator_id = c.id AND s.resolved_at IS NOT NULL
            WHERE {c.id} GROUP BY c.id
            """;

    private static final String RESTORE_RESOLVED = """
            UPDATE creators c SET last_resolved_at = greatest(c.last_resolved_at,
              (SELECT max(s.resolved_at) FROM signals s WHERE s.creator_id = c.id))
            WHERE {c.id}
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                DerivedValue.ofEvents(
                        "timeline",
                        Set.of("timeline.reader_id", "timeline.posted_at", "timeline.signal_id", "timeline.creator_id"),
                        COMPARE,
                        new DerivedValue.OwnEvents(Set.of(Topic.SIGNALS), Timelines.PURPOSE),
                        List.of(LOCK),
                        List.of(DELETE_DAMAGED, MERGE_ON_READ, BACKFILL)),
                DerivedValue.ofTransaction(
                        "creators.last_resolved_at",
                        Set.of("creators.last_resolved_at"),
                        COMPARE_RESOLVED,
                        List.of(LOCK),
                        List.of(RESTORE_RESOLVED)));
    }
}
