package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Joins and leaves clans, and changes the roles of members. */
@ApplicationScoped
class Members {

    private static final String JOIN = "SELECT join_clan($1, $2) AS outcome";
    private static final String MEMBER =
            "SELECT user_id, incarnation, role, joined_at FROM clan_members WHERE clan_id = $1 AND user_id = $2";
    private static final String VIEW = "SELECT " + MemberView.COLUMNS
            + " FROM clan_members m JOIN profiles p ON p.id = m.user_id WHERE m.clan_id = $1 AND m.user_id = $2";
    private static final String LEAVE = "DELETE FROM clan_members WHERE clan_id = $1 AND user_id = $2";
    private static final String SET_ROLE = "UPDATE clan_members SET role = $3 WHERE clan_id = $1 AND user_id = $2";
    private static final String ACCEPT_OWNERSHIP = "SELECT accept_clan_ownership($1, $2) AS outcome";

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    Members(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Makes the caller a member, in the given transaction; with an open invitation, in its role.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code already-member} (409), {@code blocked}
     *     (403), {@code invitation-required} (403) for a profile that was removed from the clan
     */
    Uni<Answer> join(Tx tx, Caller caller, UUID clan) {
        return join(tx, caller, clan, false)
                .chain(() -> tx.execute(VIEW, clan, caller.id()))
                .map(rows -> Answer.created(
                        "/v1/clans/" + clan + "/members",
                        null,
                        MemberView.of(rows.iterator().next())));
    }

    /**
     * Accepts the caller's invitation to a clan.
     *
     * @throws Problem {@code not-found} (404) also without an open invitation, {@code profile-required} (403)
     */
    Uni<Void> acceptInvitation(Caller caller, UUID clan) {
        return slice.write(caller, tx -> join(tx, caller, clan, true));
    }

    private static Uni<Void> join(Tx tx, Caller caller, UUID clan, boolean onlyInvited) {
        return ClanState.lock(tx, clan)
                .chain(() -> tx.execute(JOIN, clan, onlyInvited))
                .invoke(rows -> JoinOutcome.valueOf(rows.iterator().next().getString("outcome"))
                        .requireJoined())
                .chain(() -> find(tx, clan, caller.id()))
                .map(Optional::orElseThrow)
                .call(() -> ClanState.publishChanged(tx, clan))
                .chain(member -> tx.publish(
                        new ClanMemberJoined(clan, member.id, member.incarnation, member.role, member.joinedAt)));
    }

    /**
     * Ends the caller's membership or, for the owner or an admin, another one. Without a membership it ends an open
     * invitation, and without that nothing changes.
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
                                .orElseGet(() -> ClanInvitations.end(tx, clan, person))));
    }

    /**
     * Sets the role of a member, or invites a profile that is not a member. The role owner is offered to the member, and
     * another role replaces an open offer.
     *
     * @throws Problem {@code not-found} (404), {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked} (403),
     *     {@code owner-must-hand-over} (409), {@code limit-reached} (409)
     */
    Uni<Void> setRole(Caller caller, UUID clan, UUID person, ClanRole role) {
        return freshness.ensure(
                () -> slice.write(
                        caller,
                        tx -> ClanState.lock(tx, clan)
                                .invoke(state -> requireOwner(caller, state))
                                .chain(() -> find(tx, clan, person))
                                .chain(found -> found.map(member -> setRole(tx, clan, member, role))
                                        .orElseGet(() -> invite(tx, clan, person, role)))),
                person);
    }

    private static Uni<Void> invite(Tx tx, UUID clan, UUID person, ClanRole role) {
        if (role == ClanRole.OWNER) {
            throw ProblemKind.NOT_FOUND.because("Only a member can be offered the clan; invite the profile first.");
        }
        return ClanInvitations.invite(tx, clan, person, role);
    }

    private static Uni<Void> setRole(Tx tx, UUID clan, Member member, ClanRole role) {
        if (member.role == ClanRole.OWNER) {
            if (role != ClanRole.OWNER) {
                throw mustHandOver();
            }
            return Uni.createFrom().voidItem();
        }
        if (role == ClanRole.OWNER) {
            return ClanInvitations.invite(tx, clan, member.id, role);
        }
        Uni<Void> withdrawn = ClanInvitations.end(tx, clan, member.id);
        return member.role == role
                ? withdrawn
                : withdrawn
                        .chain(() -> tx.execute(SET_ROLE, clan, member.id, EnumText.of(role)))
                        .chain(() -> tx.publish(member.roleChangedTo(clan, role)));
    }

    /**
     * Makes the caller, a member who was offered the ownership, the owner of a clan. The former owner becomes an admin.
     *
     * @throws Problem {@code not-found} (404) also without an open offer, {@code limit-reached} (409)
     */
    Uni<Void> acceptOwnership(Caller caller, UUID clan) {
        return slice.write(
                caller,
                tx -> ClanState.lock(tx, clan)
                        .chain(state -> find(tx, clan, caller.id())
                                .chain(accepting -> find(tx, clan, state.clan().ownerId())
                                        .map(Optional::orElseThrow)
                                        .chain(former -> acceptOwnership(tx, clan, accepting, former)))));
    }

    private static Uni<Void> acceptOwnership(Tx tx, UUID clan, Optional<Member> accepting, Member former) {
        return tx.execute(ACCEPT_OWNERSHIP, clan, Clans.OWNED_AT_MOST)
                .invoke(rows -> AcceptOutcome.valueOf(rows.iterator().next().getString("outcome"))
                        .requireAccepted())
                .map(rows -> accepting.orElseThrow())
                .chain(member -> tx.publish(List.of(
                        former.roleChangedTo(clan, ClanRole.ADMIN), member.roleChangedTo(clan, ClanRole.OWNER))))
                .chain(() -> ClanState.publishChanged(tx, clan))
                .replaceWithVoid();
    }

    private static Uni<Void> remove(Tx tx, UUID clan, Member member) {
        return ClanInvitations.end(tx, clan, member.id)
                .chain(() -> tx.execute(LEAVE, clan, member.id))
                .chain(() -> MemberEvents.publishLeft(tx, new ClanMemberLeft(clan, member.id, member.incarnation)))
                .chain(() -> ClanState.publishChanged(tx, clan))
                .replaceWithVoid();
    }

    private static void requireMayRemove(Caller caller, Optional<ClanRole> role, Member member) {
        if (member.id.equals(caller.id())) {
            if (member.role == ClanRole.OWNER) {
                throw mustHandOver();
            }
            return;
        }
        boolean allowed = member.role != ClanRole.OWNER
                && role.map(own -> own == ClanRole.OWNER || (own == ClanRole.ADMIN && member.role == ClanRole.MEMBER))
                        .orElse(false);
        if (!allowed) {
            throw ProblemKind.FORBIDDEN.because(
                    "Members may leave; the owner may remove anyone else, an admin plain members.");
        }
    }

    private static void requireOwner(Caller caller, ClanState state) {
        if (!state.clan().ownerId().equals(caller.id())) {
            throw ProblemKind.FORBIDDEN.because("Only the clan's owner may set roles.");
        }
    }

    private static Problem mustHandOver() {
        return ProblemKind.OWNER_MUST_HAND_OVER.because(
                "Offer the clan to another member, with PUT …/members/{profileId}; it has a new owner once that one accepts.");
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
                    EnumText.parse(ClanRole.class, row.getString("role")),
                    Rows.instant(row, "joined_at"));
        }

        ClanMemberRoleChanged roleChangedTo(UUID clan, ClanRole newRole) {
            return new ClanMemberRoleChanged(clan, id, incarnation, newRole, role, joinedAt);
        }
    }

    /** The outcome of a request to join. */
    private enum JoinOutcome {
        JOINED,
        CALLER_UNKNOWN,
        ALREADY_MEMBER,
        BLOCKED,
        REMOVED,
        NOT_INVITED;

        void requireJoined() {
            switch (this) {
                case JOINED -> {}
                case CALLER_UNKNOWN -> throw Refusals.noProfile();
                case ALREADY_MEMBER -> throw ProblemKind.ALREADY_MEMBER.because("Nothing was changed.");
                case BLOCKED -> throw ProblemKind.BLOCKED.because("You or the clan's owner has blocked the other.");
                case REMOVED ->
                    throw ProblemKind.INVITATION_REQUIRED.because(
                            "You were removed from the clan; you may join again when its owner invites you.");
                case NOT_INVITED ->
                    throw ProblemKind.NOT_FOUND.because("The caller has no open invitation to a clan with this id.");
            }
        }
    }

    /** The outcome of an acceptance of the ownership. */
    private enum AcceptOutcome {
        ACCEPTED,
        NOT_OFFERED,
        LIMIT_REACHED;

        void requireAccepted() {
            switch (this) {
                case ACCEPTED -> {}
                case NOT_OFFERED -> throw ProblemKind.NOT_FOUND.because("The caller is not offered this clan.");
                case LIMIT_REACHED -> throw Clans.tooManyOwned();
            }
        }
    }
}
