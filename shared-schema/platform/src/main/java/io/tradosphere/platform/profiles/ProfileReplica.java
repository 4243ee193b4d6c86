package io.tradosphere.platform.profiles;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A replica of the profiles' public state. The newest state wins, in whatever order states arrive. An erased profile returns only
 * in a newer incarnation.
 */
final class ProfileReplica {

    private static final String UPSERT = """
            INSERT INTO profiles AS stored (id, username, display_name, avatar_url, tier, incarnation, sequence)
            SELECT incoming.id, incoming.username, incoming.display_name, incoming.avatar_url, incoming.tier, incoming.incarnation, incoming.sequence
            FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
              AS incoming(id, username, display_name, avatar_url, tier, incarnation, sequence)
            WHERE NOT EXISTS (
              SELECT FROM erased_profiles
              WHERE erased_profiles.pseudonym = auth.pseudonym(incoming.id)
                AND (erased_profiles.sequence >= incoming.sequence OR erased_profiles.incarnation >= incoming.incarnation))
            ORDER BY incoming.id
            ON CONFLICT (id) DO UPDATE SET
              username = EXCLUDED.username, display_name = EXCLUDED.display_name, avatar_url = EXCLUDED.avatar_url,
              tier = EXCLUDED.tier, incarnation = EXCLUDED.incarnation, sequence = EXCLUDED.sequence
            WHERE stored.sequence < EXCLUDED.sequence
            """;

    private ProfileReplica() {}

    /** Stores the states that are newer than the stored ones. The list has at most one state a profile. */
    static Uni<Void> upsert(Tx tx, List<ProfileVersionedState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<ProfileVersionedState> ordered = states.stream()
                .sorted(Comparator.comparing(state -> state.profile().profileId()))
                .toList();
        List<ProfileState> profiles =
                ordered.stream().map(ProfileVersionedState::profile).toList();
        return tx.execute(
                        UPSERT,
                        column(profiles, ProfileState::profileId, UUID[]::new),
                        column(profiles, ProfileState::username, String[]::new),
                        column(profiles, ProfileState::displayName, String[]::new),
                        column(profiles, ProfileState::avatarUrl, String[]::new),
                        column(profiles, profile -> EnumText.of(profile.tier()), String[]::new),
                        column(profiles, ProfileState::incarnation, Long[]::new),
                        column(ordered, ProfileVersionedState::sequence, Long[]::new))
                .replaceWithVoid();
    }
}
