package io.tradosphere.competition.copies;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Forgets memberships that ended long enough ago that no relay can still send what came before their end, and what slipped in of
 * somebody in the moment of their erasure.
 */
@ApplicationScoped
class CopyExpiry implements Chore {

    private static final String ENDED =
            "DELETE FROM clan_members WHERE NOT is_member AND updated_at < now() - INTERVAL '8 days'";
    private static final String MEMBERSHIPS_OF_THE_DEPARTED = """
            DELETE FROM clan_members m USING departed d
            WHERE d.pseudonym = auth.pseudonym(m.user_id) AND m.incarnation <= d.incarnation
            """;
    private static final String STEALTH_OF_THE_DEPARTED = """
            DELETE FROM stealth s USING departed d
            WHERE d.pseudonym = auth.pseudonym(s.profile_id) AND s.incarnation <= d.incarnation
            """;

    private final Slice slice;

    CopyExpiry(Slice slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of copies";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.workOnce(ENDED)
                .chain(() -> slice.workOnce(MEMBERSHIPS_OF_THE_DEPARTED))
                .chain(() -> slice.workOnce(STEALTH_OF_THE_DEPARTED))
                .replaceWithVoid();
    }
}
