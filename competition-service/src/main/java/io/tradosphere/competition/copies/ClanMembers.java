package io.tradosphere.competition.copies;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberEvent;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Keeps the copy of who belongs to which clan: whatever order events arrive in, the newest of a pair stands. */
@ApplicationScoped
class ClanMembers implements Effect<ClanMemberEvent> {

    /** Nothing is kept of a life that has ended, whenever the event comes. */
    private static final String KEEP = """
            INSERT INTO clan_members AS known (clan_id, user_id, incarnation, role, is_member, sequence)
            SELECT told.clan_id, told.user_id, told.incarnation, told.role, told.role IS NOT NULL, told.sequence
            FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[])
              AS told(clan_id, user_id, incarnation, role, sequence)
            WHERE NOT EXISTS (
              SELECT FROM departed
              WHERE departed.pseudonym = auth.pseudonym(told.user_id) AND departed.incarnation >= told.incarnation)
            ORDER BY told.clan_id, told.user_id
            ON CONFLICT (clan_id, user_id) DO UPDATE SET
              incarnation = EXCLUDED.incarnation, role = EXCLUDED.role, is_member = EXCLUDED.is_member,
              sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            """;

    @Override
    public String purpose() {
        return "clan-members";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CLAN_MEMBERS);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<ClanMemberEvent> batch) {
        // A tombstone only says that the departure before it may be forgotten.
        List<Delivery<ClanMemberEvent>> told = batch.latestEventPerKey();
        return told.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.execute(
                                KEEP,
                                column(told, ClanMemberEvent::clanId, UUID[]::new),
                                column(told, ClanMemberEvent::profileId, UUID[]::new),
                                column(told, ClanMemberEvent::incarnation, Long[]::new),
                                column(told, ClanMembers::role, String[]::new),
                                sequences(told))
                        .replaceWithVoid();
    }

    /** What the event makes of the person in the clan; null for no member. */
    private static String role(ClanMemberEvent event) {
        ClanRole role = null;
        if (event instanceof ClanMemberJoined joined) {
            role = joined.role();
        } else if (event instanceof ClanMemberRoleChanged changed) {
            role = changed.role();
        }
        return role == null ? null : role.name().toLowerCase(Locale.ROOT);
    }
}
