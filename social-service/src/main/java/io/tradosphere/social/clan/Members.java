package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Joining and leaving clans, and what one is in them. */
@ApplicationScoped
class Members {

    static final ProblemKind ALREADY_MEMBER =
            new ProblemKind("already-member", 409, "The caller belongs to the clan already");
    static final ProblemKind OWNER_MUST_HAND_OVER =
            new ProblemKind("owner-must-hand-over", 409, "A clan always has an owner");

    private static final String JOIN = """
            INSERT INTO clan_members (clan_id, user_id) SELECT $1, id FROM profiles WHERE id = $2
            ON CONFLICT DO NOTHING RETURNING user_id, incarnation, role, joined_at
            """;
    private static final String MEMBER =
            "SELECT user_id, incarnation, role, joined_at FROM clan_members WHERE clan_id = $1 AND user_id = $2";
    private static final String VIEW = "SELECT " + MemberView.COLUMNS
            + " FROM clan_members m JOIN profiles p ON p.id = m.user_id WHERE m.clan_id = $1 AND m.user_id = $2";
    private static final String LEAVE = "DELETE FROM clan_members WHERE clan_id = $1 AND user_id = $2";
    private static final String GIVE_ROLE = "UPDATE clan_members SET role = $3 WHERE clan_id = $1 AND user_id = $2";
    private static final String HAND_OVER = "SELECT hand_over_clan($1, $2)";

    private final Slice slice;

    Members(Slice slice) {
        this.slice = slice;
    }

    /**
     * Makes the caller a member, within the given transaction.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code already-member} (409)
     */
    Uni<Answer> join(Tx tx, Caller caller, UUID clan) {
        return ClanState.lock(tx, clan)
                .chain(() -> tx.execute(JOIN, clan, caller.id()))
                .chain(joined -> Rows.first(joined, Member::of)
                        .map(member -> ClanState.publishChanged(tx, clan)
                                .chain(() -> tx.publish(new ClanMemberJoined(
                                        clan, member.id, member.incarnation, member.role, member.joinedAt))))
                        .orElseGet(() -> refuseJoin(tx, caller, clan)))
                .chain(() -> tx.execute(VIEW, clan, caller.id()))
                .map(rows -> Answer.created(
                        "/v1/clans/" + clan + "/members",
                        null,
                        MemberView.of(rows.iterator().next())));
    }

    /**
     * Ends a membership: one's own, or as the owner or an admin somebody else's. Where there is none, nothing changes.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code owner-must-hand-over} (409)
     */
    Uni<Void> remove(Caller caller, UUID clan, UUID person) {
        return slice.write(
                caller,
                tx -> ClanState.lock(tx, clan)
                        .chain(() -> find(tx, clan, person))
                        .chain(found -> found.map(member -> roleOf(tx, caller, clan)
                                        .invoke(role -> requireMayRemove(caller, role, member))
                                        .chain(() -> remove(tx, clan, member)))
                                .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    /**
     * Makes a member something else; making them the owner hands the clan over, and the owner of before becomes an admin.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code owner-must-hand-over} (409)
     */
    Uni<Void> giveRole(Caller caller, UUID clan, UUID person, ClanRole role) {
        return slice.write(
                caller,
                tx -> ClanState.lock(tx, clan)
                        .invoke(state -> requireOwner(caller, state))
                        .chain(() -> find(tx, clan, person))
                        .map(found -> found.orElseThrow(
                                () -> Problems.NOT_FOUND.because("This profile is not a member of the clan.")))
                        .chain(member -> {
                            if (member.role == role) {
                                return Uni.createFrom().voidItem();
                            }
                            if (member.role == ClanRole.OWNER) {
                                throw handOverFirst();
                            }
                            return role == ClanRole.OWNER
                                    ? handOver(tx, caller, clan, member)
                                    : tx.execute(GIVE_ROLE, clan, person, ClanRoles.text(role))
                                            .chain(() -> tx.publish(member.became(clan, role)));
                        }));
    }

    private static Uni<Void> handOver(Tx tx, Caller caller, UUID clan, Member heir) {
        return find(tx, clan, caller.id())
                .map(Optional::orElseThrow)
                .chain(owner -> tx.execute(HAND_OVER, clan, heir.id)
                        .chain(() -> tx.publish(
                                List.of(owner.became(clan, ClanRole.ADMIN), heir.became(clan, ClanRole.OWNER))))
                        .chain(() -> ClanState.publishChanged(tx, clan)))
                .replaceWithVoid();
    }

    private static Uni<Void> remove(Tx tx, UUID clan, Member member) {
        return tx.execute(LEAVE, clan, member.id)
                .chain(() -> MemberEvents.left(tx, new ClanMemberLeft(clan, member.id, member.incarnation)))
                .chain(() -> ClanState.publishChanged(tx, clan))
                .replaceWithVoid();
    }

    private static void requireMayRemove(Caller caller, Optional<ClanRole> role, Member member) {
        if (member.id.equals(caller.id())) {
            if (member.role == ClanRole.OWNER) {
                throw handOverFirst();
            }
            return;
        }
        boolean may = member.role != ClanRole.OWNER
                && role.map(own -> own == ClanRole.OWNER || (own == ClanRole.ADMIN && member.role == ClanRole.MEMBER))
                        .orElse(false);
        if (!may) {
            throw Problems.FORBIDDEN.because(
                    "Members leave by themselves; the owner removes anybody else, an admin plain members.");
        }
    }

    private static void requireOwner(Caller caller, ClanState state) {
        if (!state.clan().ownerId().equals(caller.id())) {
            throw Problems.FORBIDDEN.because("Only the clan's owner gives roles.");
        }
    }

    private static Problem handOverFirst() {
        return OWNER_MUST_HAND_OVER.because("Make another member the owner first, with PUT …/members/{profileId}.");
    }

    private static Uni<Void> refuseJoin(Tx tx, Caller caller, UUID clan) {
        return find(tx, clan, caller.id())
                .invoke(found -> {
                    throw found.isPresent()
                            ? ALREADY_MEMBER.because("There is nothing left to do.")
                            : Refusals.noProfile();
                })
                .replaceWithVoid();
    }

    private static Uni<Optional<ClanRole>> roleOf(Tx tx, Caller caller, UUID clan) {
        return find(tx, clan, caller.id()).map(found -> found.map(Member::role));
    }

    private static Uni<Optional<Member>> find(Tx tx, UUID clan, UUID person) {
        return tx.execute(MEMBER, clan, person).map(rows -> Rows.first(rows, Member::of));
    }

    private record Member(UUID id, long incarnation, ClanRole role, Instant joinedAt) {

        static Member of(Row row) {
            return new Member(
                    row.getUUID("user_id"),
                    row.getLong("incarnation"),
                    ClanRoles.parse(row.getString("role")),
                    Rows.instant(row, "joined_at"));
        }

        ClanMemberRoleChanged became(UUID clan, ClanRole other) {
            return new ClanMemberRoleChanged(clan, id, incarnation, other, role, joinedAt);
        }
    }
}
