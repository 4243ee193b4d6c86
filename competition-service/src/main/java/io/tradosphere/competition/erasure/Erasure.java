package io.tradosphere.competition.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Forgets an erased person. Whoever takes part in a competition that is still to be decided leaves it; in one that is over their
 * place and prize stay, without a name. A competition outlives its organiser.
 */
@ApplicationScoped
class Erasure implements Forgetting {

    private static final int AT_ONCE = 1_000;

    private static final String COMPETITIONS = """
            UPDATE competitions SET creator_id = NULL WHERE id IN (
              SELECT id FROM competitions WHERE creator_id = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE)
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String PRIZES = """
            UPDATE prizes SET user_id = NULL WHERE id IN (
              SELECT id FROM prizes WHERE user_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            """;
    private static final String MEMBERSHIPS = """
            DELETE FROM clan_members WHERE (clan_id, user_id) IN (
              SELECT clan_id, user_id FROM clan_members WHERE user_id = $1 AND incarnation <= $2 LIMIT $3)
            """;
    private static final String STEALTH = "DELETE FROM stealth WHERE profile_id = $1 AND incarnation <= $2";

    private final ForgettingInParts parts = new ForgettingInParts(List.of(
            Participations.TRADES,
            Participations.UNDECIDED,
            Participations.DECIDED,
            Part.of(PRIZES, AT_ONCE),
            Part.of(COMPETITIONS, AT_ONCE),
            Part.of(MEMBERSHIPS, AT_ONCE),
            Part.atOnce(STEALTH)));

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return parts.forgetSome(tx, person, incarnation);
    }
}
