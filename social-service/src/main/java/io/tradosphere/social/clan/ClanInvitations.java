package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.social.ClanRole;
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

/** Invites profiles to clans, offers clans to members, and lists and ends invitations. */
@ApplicationScoped
class ClanInvitations {

    private static final long OPEN_OF_PERSON_AT_MOST = 100;
    private static final long OPEN_OF_CLAN_AT_MOST = 200;

    private static final String INVITE = "SELECT invite_to_clan($1, $2, $3, $4, $5) AS outcome";
    private static final String END = "DELETE FROM clan_invitations WHERE clan_id = $1 AND user_id = $2";
    private static final String OWN =
            "SELECT i.clan_id, c.name, i.role, i.created_at, i.expires_at, " + ProfileSummary.COLUMNS + """
             FROM clan_invitations i JOIN clans c ON c.id = i.clan_id JOIN profiles p ON p.id = c.owner_id
            WHERE i.user_id = $1 AND i.expires_at > now()
              AND i.clan_id < $2
            ORDER BY i.clan_id DESC LIMIT $3
            """;

    private final SliceDatabase slice;

    ClanInvitations(SliceDatabase slice) {
        this.slice = slice;
    }

    /** A page of the caller's open invitations, those to the newest clans first. */
    Uni<Page<ClanInvitationView>> list(Caller caller, PageRequest page) {
        return slice.read(caller, OWN, caller.id(), Keyset.newestIdFirst(page), page.rows())
                .map(rows -> page.page(Rows.list(rows, ClanInvitationView::of), last -> Cursor.after(last.clanId())));
    }

    /** Declines the caller's invitation to a clan, or the offer of its ownership. Without one, nothing changes. */
    Uni<Void> decline(Caller caller, UUID clan) {
        return slice.command(caller, END, clan, caller.id()).replaceWithVoid();
    }

    /**
     * Invites a profile to a clan of the caller's, or offers it to a member. An earlier invitation is replaced.
     *
     * @throws Problem {@code unknown-profile} (404), {@code forbidden} (403), {@code blocked} (403), {@code limit-reached} (409)
     */
    static Uni<Void> invite(Tx tx, UUID clan, UUID person, ClanRole role) {
        return tx.execute(INVITE, clan, person, EnumText.of(role), OPEN_OF_PERSON_AT_MOST, OPEN_OF_CLAN_AT_MOST)
                .map(rows -> Outcome.valueOf(rows.iterator().next().getString("outcome")))
                .invoke(Outcome::require)
                .replaceWithVoid();
    }

    /** Ends the invitation of a profile, if the caller may. */
    static Uni<Void> end(Tx tx, UUID clan, UUID person) {
        return tx.execute(END, clan, person).replaceWithVoid();
    }

    /** The outcome of an invitation. */
    private enum Outcome {
        INVITED,
        FORBIDDEN,
        UNKNOWN,
        BLOCKED,
        LIMIT_REACHED;

        void require() {
            switch (this) {
                case INVITED -> {}
                case FORBIDDEN -> throw ProblemKind.FORBIDDEN.because("Only the clan's owner may invite others.");
                case UNKNOWN -> throw Refusals.unknown();
                case BLOCKED -> throw ProblemKind.BLOCKED.because("One of the two profiles has blocked the other.");
                case LIMIT_REACHED ->
                    throw ProblemKind.LIMIT_REACHED.because("A profile has at most " + OPEN_OF_PERSON_AT_MOST
                            + " open invitations, a clan " + OPEN_OF_CLAN_AT_MOST + ".");
            }
        }
    }
}
