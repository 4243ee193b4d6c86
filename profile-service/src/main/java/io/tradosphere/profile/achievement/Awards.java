package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Awards achievements to profiles that qualify. An award is permanent and published as an event once. */
@ApplicationScoped
public class Awards {

    private static final String AWARD = """
            WITH earned AS (
              INSERT INTO user_achievements (user_id, achievement_id)
              SELECT s.profile_id, a.id FROM profile_stats s CROSS JOIN achievements a
              WHERE s.profile_id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR a.id = $2) AND qualifies(a.criteria, s)
              ORDER BY s.profile_id, a.id
              ON CONFLICT DO NOTHING
              RETURNING user_id, achievement_id, earned_at
            )
            SELECT e.user_id, e.achievement_id, e.earned_at, a.name, p.incarnation
            FROM earned e JOIN achievements a ON a.id = e.achievement_id JOIN profiles p ON p.id = e.user_id
            """;

    /**
     * Awards every achievement that the given profiles now qualify for, in the transaction that changed their
     * counters.
     */
    public Uni<Void> evaluate(Tx tx, UUID[] profiles) {
        return award(tx, profiles, null);
    }

    /** Awards one achievement to those of the given profiles that qualify. */
    Uni<Void> evaluate(Tx tx, UUID[] profiles, UUID achievement) {
        return award(tx, profiles, achievement);
    }

    private static Uni<Void> award(Tx tx, UUID[] profiles, UUID onlyAchievement) {
        return tx.execute(AWARD, profiles, onlyAchievement)
                .map(earned -> Rows.list(
                        earned,
                        row -> new AchievementEarned(
                                row.getUUID("user_id"),
                                row.getLong("incarnation"),
                                row.getUUID("achievement_id"),
                                row.getString("name"),
                                Rows.instant(row, "earned_at"))))
                .chain(tx::publish);
    }
}
