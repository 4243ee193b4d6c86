package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Manages the members of watchlists and their roles. */
@ApplicationScoped
class WatchlistMembers {

    static final int AT_MOST = 100;

    private static final String STATE = """
            SELECT count(*) + (SELECT count(*) FROM watchlist_invitations i
                WHERE i.watchlist_id = $1 AND i.user_id <> $2 AND i.role <> 'owner' AND i.expires_at > now()) AS members,
              max(role) FILTER (WHERE user_id = $2) AS role
            FROM watchlist_members WHERE watchlist_id = $1
            """;
    private static final String CHANGE_ROLE =
            "UPDATE watchlist_members SET role = $3 WHERE watchlist_id = $1 AND user_id = $2";
    private static final String REMOVE = "DELETE FROM watchlist_members WHERE watchlist_id = $1 AND user_id = $2";

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    WatchlistMembers(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Changes the role of a member of the caller's list, or invites a profile that is not a member. The role owner is
     * offered to a member too. The new role of a member replaces an open offer.
     *
     * @throws Problem {@code not-found} (404), {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked} (403),
     *     {@code owner-must-hand-over} (409), {@code watchlist-full} (409), {@code limit-reached} (409)
     */
    Uni<Void> giveRole(Caller caller, UUID list, UUID person, WatchlistRole role) {
        return freshness.ensure(
                () -> slice.write(
                        caller,
                        tx -> WatchlistState.lockOwned(tx, list)
                                .chain(() -> state(tx, list, person))
                                .chain(state -> giveRole(tx, list, person, state, role))),
                person);
    }

    private static Uni<Void> giveRole(Tx tx, UUID list, UUID person, Row state, WatchlistRole role) {
        WatchlistRole before = EnumText.parse(WatchlistRole.class, state.getString("role"));
        if (before == WatchlistRole.OWNER) {
            if (role != WatchlistRole.OWNER) {
                throw handOverFirst();
            }
            return Uni.createFrom().voidItem();
        }
        if (before != null && role != WatchlistRole.OWNER) {
            Uni<Void> withdrawn = WatchlistInvitations.end(tx, list, person);
            return before == role ? withdrawn : withdrawn.chain(() -> changeRole(tx, list, person, role));
        }
        if (before == null && state.getLong("members") >= AT_MOST) {
            throw ProblemKind.WATCHLIST_FULL.because(
                    "A watchlist has at most " + AT_MOST + " members and open invitations.");
        }
        return WatchlistInvitations.invite(tx, list, person, role);
    }

    private static Uni<Void> changeRole(Tx tx, UUID list, UUID person, WatchlistRole role) {
        return tx.execute(CHANGE_ROLE, list, person, EnumText.of(role))
                .chain(() -> WatchlistState.bumpVersion(tx, list));
    }

    /**
     * Removes a member or an open invitation from a list: the caller's, or for the owner any other one. Without one,
     * nothing changes.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code owner-must-hand-over} (409)
     */
    Uni<Void> remove(Caller caller, UUID list, UUID person) {
        return slice.write(
                caller,
                tx -> WatchlistState.lock(tx, list)
                        .invoke(role -> requireMayRemove(caller, role, person))
                        .chain(() -> WatchlistInvitations.end(tx, list, person))
                        .chain(() -> state(tx, list, person))
                        .chain(state -> state.getString("role") == null
                                ? Uni.createFrom().voidItem()
                                : WatchlistState.bumpVersion(tx, list)
                                        .chain(() -> tx.execute(REMOVE, list, person))
                                        .replaceWithVoid()));
    }

    private static void requireMayRemove(Caller caller, WatchlistRole role, UUID person) {
        boolean self = person.equals(caller.id());
        if (self && role == WatchlistRole.OWNER) {
            throw handOverFirst();
        }
        if (!self && role != WatchlistRole.OWNER) {
            throw ProblemKind.FORBIDDEN.because("Only the owner may remove other members.");
        }
    }

    private static Problem handOverFirst() {
        return ProblemKind.OWNER_MUST_HAND_OVER.because(
                "Offer the list to another profile, with PUT …/members/{profileId}; it has a new owner once that one accepts.");
    }

    private static Uni<Row> state(Tx tx, UUID list, UUID person) {
        return tx.execute(STATE, list, person).map(rows -> rows.iterator().next());
    }
}
