package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Awards achievements to whoever qualifies, once and for good, and tells of it. */
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

    /** Awards whatever these profiles have come to qualify for, in the transaction that moved their counters. */
    public Uni<Void> evaluate(Tx tx, UUID[] profiles) {
        return award(tx, profiles, null);
    }

    /** Awards this one achievement to those of the profiles who qualify for it. */
    Uni<Void> evaluate(Tx tx, UUID[] profiles, UUID achievement) {
        return award(tx, profiles, achievement);
    }

    private static Uni<Void> award(Tx tx, UUID[] profiles, UUID onlyThis) {
        return tx.execute(AWARD, profiles, onlyThis)
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
