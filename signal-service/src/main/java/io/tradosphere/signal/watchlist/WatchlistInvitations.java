package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Invites profiles to watchlists, and accepts and ends invitations. An invitation with the role owner offers the
 * ownership of the list.
 */
@ApplicationScoped
class WatchlistInvitations {

    static final int OPEN_AT_MOST = 100;

    private static final String INVITE = "SELECT invite_to_watchlist($1, $2, $3, $4) AS outcome";
    private static final String ACCEPT = "SELECT accept_watchlist_invitation($1, $2) AS outcome";
    private static final String END = "DELETE FROM watchlist_invitations WHERE watchlist_id = $1 AND user_id = $2";
    private static final String OWN = "SELECT i.*, " + ProfileSummary.COLUMNS
            + " FROM own_watchlist_invitations($1, $2) i JOIN profiles p ON p.id = i.owner_id ORDER BY i.watchlist_id DESC";

    private final SliceDatabase slice;

    WatchlistInvitations(SliceDatabase slice) {
        this.slice = slice;
    }

    /** A page of the caller's open invitations, those to the newest lists first. */
    Uni<Page<InvitationView>> list(Caller caller, PageRequest page) {
        return slice.read(caller, OWN, Keyset.newestIdFirst(page), (long) page.rows())
                .map(rows -> page.page(Rows.list(rows, InvitationView::of), last -> Cursor.after(last.watchlistId())));
    }

    /**
     * Accepts the caller's invitation to a list. Accepting the role owner makes the former owner an editor.
     *
     * @throws Problem {@code not-found} (404) without an open invitation, {@code limit-reached} (409)
     */
    Uni<Void> accept(Caller caller, UUID list) {
        return slice.write(
                caller,
                tx -> tx.execute(ACCEPT, list, (long) Watchlists.OWNED_AT_MOST)
                        .map(rows -> Acceptance.valueOf(rows.iterator().next().getString("outcome")))
                        .invoke(Acceptance::require)
                        .replaceWithVoid());
    }

    /** Declines the caller's invitation to a list. Without one, nothing changes. */
    Uni<Void> decline(Caller caller, UUID list) {
        return slice.command(caller, END, list, caller.id()).replaceWithVoid();
    }

    /**
     * Invites a profile to a list of the caller's, within the given transaction. An earlier invitation is replaced.
     *
     * @throws Problem {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked} (403), {@code limit-reached} (409)
     */
    static Uni<Void> invite(Tx tx, UUID list, UUID person, WatchlistRole role) {
        return tx.execute(INVITE, list, person, EnumText.of(role), (long) OPEN_AT_MOST)
                .map(rows -> Invitation.valueOf(rows.iterator().next().getString("outcome")))
                .invoke(Invitation::require)
                .replaceWithVoid();
    }

    /** Ends the invitation of a profile to a list, within the given transaction. */
    static Uni<Void> end(Tx tx, UUID list, UUID person) {
        return tx.execute(END, list, person).replaceWithVoid();
    }

    /** The outcome of an invitation. */
    private enum Invitation {
        INVITED,
        FORBIDDEN,
        UNKNOWN,
        BLOCKED,
        LIMIT_REACHED;

        void require() {
            switch (this) {
                case INVITED -> {}
                case FORBIDDEN -> throw ProblemKind.FORBIDDEN.because("Only the list's owner may invite others.");
                case UNKNOWN -> throw Refusals.unknown();
                case BLOCKED -> throw ProblemKind.BLOCKED.because("One of the two profiles has blocked the other.");
                case LIMIT_REACHED ->
                    throw ProblemKind.LIMIT_REACHED.because(
                            "This profile has " + OPEN_AT_MOST + " open invitations to watchlists.");
            }
        }
    }

    /** The outcome of an acceptance. */
    private enum Acceptance {
        ACCEPTED,
        NOT_INVITED,
        LIMIT_REACHED;

        void require() {
            switch (this) {
                case ACCEPTED -> {}
                case NOT_INVITED ->
                    throw ProblemKind.NOT_FOUND.because(
                            "The caller has no open invitation to a watchlist with this id.");
                case LIMIT_REACHED -> throw Watchlists.tooManyOwned();
            }
        }
    }
}
