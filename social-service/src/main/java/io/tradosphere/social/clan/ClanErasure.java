package io.tradosphere.social.clan;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanDeleted;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of memberships, which end. A clan they owned passes to its longest-serving
 * admin, or else to its longest-serving member, and its invitations end. Without other members it is deleted. The
 * invitations of the erased person end too, and the records that they were removed from clans.
 */
@ApplicationScoped
class ClanErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 50;

    private static final String LOCK_CLANS = """
            SELECT c.id FROM clans c JOIN clan_members m ON m.clan_id = c.id
            WHERE m.user_id = $1 AND m.incarnation <= $2
            ORDER BY c.id LIMIT $3 FOR UPDATE OF c
            """;
    private static final String LEAVE = """
            DELETE FROM clan_members WHERE clan_id = $1 AND user_id = $2 AND incarnation <= $3
            RETURNING incarnation, role
            """;
    private static final String PROMOTE_NEW_OWNER = """
            UPDATE clan_members m SET role = 'owner' FROM (
              SELECT user_id FROM clan_members WHERE clan_id = $1
              ORDER BY role = 'admin' DESC, joined_at, user_id LIMIT 1
            ) AS new_owner
            WHERE m.clan_id = $1 AND m.user_id = new_owner.user_id
            RETURNING m.user_id, m.incarnation, old.role AS previous_role, m.joined_at
            """;
    private static final String SET_OWNER = "UPDATE clans SET owner_id = $2 WHERE id = $1";
    private static final String END_INVITATIONS = "DELETE FROM clan_invitations WHERE clan_id = $1";
    private static final String DELETE = "DELETE FROM clans WHERE id = $1";

    /** First: a change of a clan locks the clan before the profiles. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                ErasureStep.by(ClanErasure::endBatch).covering("clan_members.user_id", "clans.owner_id"),
                PersonalRows.byIncarnation("clan_invitations", "clan_id, user_id", "user_id", "incarnation")
                        .delete(BATCH_SIZE),
                PersonalRows.byIncarnation("clan_removals", "clan_id, user_id", "user_id", "incarnation")
                        .delete(BATCH_SIZE));
    }

    /** Ends a batch of memberships and publishes what follows from it. */
    private static Uni<Boolean> endBatch(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK_CLANS, person, incarnation, BATCH_SIZE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .call(clans -> Multi.createFrom()
                        .iterable(clans)
                        .onItem()
                        .transformToUniAndConcatenate(clan -> end(tx, clan, person, incarnation))
                        .collect()
                        .asList())
                .map(clans -> !clans.isEmpty());
    }

    private static Uni<Void> end(Tx tx, UUID clan, UUID person, long incarnation) {
        return tx.execute(LEAVE, clan, person, incarnation)
                .chain(rows -> Rows.first(rows, member -> end(tx, clan, person, member))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static Uni<Void> end(Tx tx, UUID clan, UUID person, Row member) {
        boolean wasOwner = EnumText.parse(ClanRole.class, member.getString("role")) == ClanRole.OWNER;
        return MemberEvents.publishLeft(tx, new ClanMemberLeft(clan, person, member.getLong("incarnation")))
                .chain(() -> wasOwner
                        ? transferOrDelete(tx, clan)
                        : ClanState.publishChanged(tx, clan).replaceWithVoid());
    }

    private static Uni<Void> transferOrDelete(Tx tx, UUID clan) {
        return tx.execute(PROMOTE_NEW_OWNER, clan)
                .chain(rows -> Rows.first(rows, newOwner -> promote(tx, clan, newOwner))
                        .orElseGet(() -> delete(tx, clan)));
    }

    private static Uni<Void> promote(Tx tx, UUID clan, Row newOwner) {
        ClanMemberRoleChanged roleChanged = new ClanMemberRoleChanged(
                clan,
                newOwner.getUUID("user_id"),
                newOwner.getLong("incarnation"),
                ClanRole.OWNER,
                EnumText.parse(ClanRole.class, newOwner.getString("previous_role")),
                Rows.instant(newOwner, "joined_at"));
        return tx.execute(END_INVITATIONS, clan)
                .chain(() -> tx.execute(SET_OWNER, clan, roleChanged.profileId()))
                .chain(() -> tx.publish(roleChanged))
                .chain(() -> ClanState.publishChanged(tx, clan))
                .replaceWithVoid();
    }

    private static Uni<Void> delete(Tx tx, UUID clan) {
        return tx.execute(DELETE, clan)
                .chain(() -> tx.publish(new ClanDeleted(clan)))
                .chain(() -> tx.tombstone(Topic.CLANS, clan.toString()));
    }
}
