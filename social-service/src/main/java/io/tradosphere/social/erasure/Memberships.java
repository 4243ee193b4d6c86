package io.tradosphere.social.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanDeleted;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.social.clan.ClanRoles;
import io.tradosphere.social.clan.ClanState;
import io.tradosphere.social.clan.MemberEvents;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Takes an erased person out of their clans. A clan they owned passes to the admin who has been in it longest, or else to the
 * member who has; without any it is dissolved.
 */
@ApplicationScoped
class Memberships {

    private static final int AT_ONCE = 50;

    private static final String LOCK_CLANS = """
            SELECT c.id FROM clans c JOIN clan_members m ON m.clan_id = c.id
            WHERE m.user_id = $1 AND m.incarnation <= $2
            ORDER BY c.id LIMIT $3 FOR UPDATE OF c
            """;
    private static final String LEAVE = """
            DELETE FROM clan_members WHERE clan_id = $1 AND user_id = $2 AND incarnation <= $3
            RETURNING incarnation, role
            """;
    private static final String CROWN_HEIR = """
            UPDATE clan_members m SET role = 'owner' FROM (
              SELECT user_id FROM clan_members WHERE clan_id = $1
              ORDER BY role = 'admin' DESC, joined_at, user_id LIMIT 1
            ) AS heir
            WHERE m.clan_id = $1 AND m.user_id = heir.user_id
            RETURNING m.user_id, m.incarnation, old.role AS previous_role, m.joined_at
            """;
    private static final String PASS_ON = "UPDATE clans SET owner_id = $2 WHERE id = $1";
    private static final String DISSOLVE = "DELETE FROM clans WHERE id = $1";

    /** Ends some memberships of the person, each with what follows from it; how many there were. */
    Uni<Integer> endSome(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK_CLANS, person, incarnation, AT_ONCE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .call(clans -> Multi.createFrom()
                        .iterable(clans)
                        .onItem()
                        .transformToUniAndConcatenate(clan -> end(tx, clan, person, incarnation))
                        .collect()
                        .asList())
                .map(List::size);
    }

    private static Uni<Void> end(Tx tx, UUID clan, UUID person, long incarnation) {
        return tx.execute(LEAVE, clan, person, incarnation)
                .chain(rows -> Rows.first(rows, member -> end(tx, clan, person, member))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Uni<Void> end(Tx tx, UUID clan, UUID person, Row member) {
        boolean owned = ClanRoles.parse(member.getString("role")) == ClanRole.OWNER;
        return MemberEvents.left(tx, new ClanMemberLeft(clan, person, member.getLong("incarnation")))
                .chain(() -> owned
                        ? passOn(tx, clan)
                        : ClanState.publishChanged(tx, clan).replaceWithVoid());
    }

    private static Uni<Void> passOn(Tx tx, UUID clan) {
        return tx.execute(CROWN_HEIR, clan)
                .chain(rows -> Rows.first(rows, heir -> crown(tx, clan, heir)).orElseGet(() -> dissolve(tx, clan)));
    }

    private static Uni<Void> crown(Tx tx, UUID clan, Row heir) {
        ClanMemberRoleChanged crowned = new ClanMemberRoleChanged(
                clan,
                heir.getUUID("user_id"),
                heir.getLong("incarnation"),
                ClanRole.OWNER,
                ClanRoles.parse(heir.getString("previous_role")),
                Rows.instant(heir, "joined_at"));
        return tx.execute(PASS_ON, clan, crowned.profileId())
                .chain(() -> tx.publish(crowned))
                .chain(() -> ClanState.publishChanged(tx, clan))
                .replaceWithVoid();
    }

    private static Uni<Void> dissolve(Tx tx, UUID clan) {
        return tx.execute(DISSOLVE, clan)
                .chain(() -> tx.publish(new ClanDeleted(clan)))
                .chain(() -> tx.tombstone(Topic.CLANS, clan.toString()));
    }
}
