package io.tradosphere.profile.stats;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The reconciliations of follows, follower counts and the ranking. The count is repaired before the replica that it derives from:
 * an event that repairs the replica then moves the count correctly.
 */
@ApplicationScoped
class FollowerReconciliation implements Reconciled {

    static final String LOCK_STATS = "SELECT FROM profile_stats WHERE {profile_id} ORDER BY profile_id FOR UPDATE";

    /** Finds the achievements for which profiles qualify after the repair. */
    static final String SEARCH_ACHIEVEMENTS =
            "UPDATE achievements SET sweep_after = '00000000-0000-0000-0000-000000000000'";

    private static final String MARK_DUE = """
            INSERT INTO ranking_due (profile_id) SELECT profile_id FROM profile_stats WHERE {profile_id} ORDER BY profile_id
            ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
            """;

    /** A profile that is due is refreshed within seconds. */
    private static final String COMPARE_RANKING = """
            SELECT s.profile_id AS id, jsonb_build_object('follower_count', s.follower_count) AS expected,
              jsonb_build_object('follower_count',
                CASE WHEN d.profile_id IS NULL THEN r.follower_count ELSE s.follower_count END) AS actual
            FROM profile_stats s LEFT JOIN profile_ranking r ON r.profile_id = s.profile_id
            LEFT JOIN ranking_due d ON d.profile_id = s.profile_id
            WHERE {s.profile_id}
            """;

    private static final String RESTORE_RANKING = """
            INSERT INTO profile_ranking (profile_id) SELECT profile_id FROM profile_stats WHERE {profile_id}
            ON CONFLICT DO NOTHING
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                FollowerCounts.FOLLOWS.count(List.of(MARK_DUE, SEARCH_ACHIEVEMENTS)),
                FollowerCounts.FOLLOWS.copy("social", "follows", Topic.FOLLOWS, FollowerCounts.PURPOSE),
                DerivedValue.ofTransaction(
                        "profile_ranking.follower_count",
                        Set.of("profile_ranking.follower_count"),
                        COMPARE_RANKING,
                        List.of(LOCK_STATS),
                        List.of(RESTORE_RANKING, MARK_DUE)));
    }
}
