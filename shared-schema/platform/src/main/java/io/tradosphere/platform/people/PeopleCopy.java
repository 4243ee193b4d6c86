package io.tradosphere.platform.people;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.platform.db.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The slice's copy of what it needs to know of people. Whatever order states arrive in, the newest stands; and whoever has
 * departed stays away until they come back in a newer incarnation.
 */
final class PeopleCopy {

    private static final String TAKE_OVER = """
            INSERT INTO profiles AS known (id, username, display_name, avatar_url, tier, incarnation, sequence)
            SELECT told.id, told.username, told.display_name, told.avatar_url, told.tier, told.incarnation, told.sequence
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
              AS told(id, username, display_name, avatar_url, tier, incarnation, sequence)
            WHERE NOT EXISTS (
              SELECT FROM departed
              WHERE departed.pseudonym = auth.pseudonym(told.id)
                AND (departed.sequence >= told.sequence OR departed.incarnation >= told.incarnation))
            ORDER BY told.id
            ON CONFLICT (id) DO UPDATE SET
              username = EXCLUDED.username, display_name = EXCLUDED.display_name, avatar_url = EXCLUDED.avatar_url,
              tier = EXCLUDED.tier, incarnation = EXCLUDED.incarnation, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            """;

    private PeopleCopy() {}

    /** Takes the states over where they are newer than what is known; at most one state a person. */
    static Uni<Void> takeOver(Tx tx, List<PersonState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<PersonState> ordered = states.stream()
                .sorted(Comparator.comparing(state -> state.profile().profileId()))
                .toList();
        List<ProfileState> profiles = ordered.stream().map(PersonState::profile).toList();
        return tx.execute(
                        TAKE_OVER,
                        column(profiles, ProfileState::profileId, UUID[]::new),
                        column(profiles, ProfileState::username, String[]::new),
                        column(profiles, ProfileState::displayName, String[]::new),
                        column(profiles, ProfileState::avatarUrl, String[]::new),
                        column(profiles, profile -> Tiers.text(profile.tier()), String[]::new),
                        column(profiles, ProfileState::incarnation, Long[]::new),
                        column(ordered, PersonState::sequence, Long[]::new))
                .replaceWithVoid();
    }
}
