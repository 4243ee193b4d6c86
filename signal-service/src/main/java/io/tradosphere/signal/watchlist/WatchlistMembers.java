package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.SecondOpinion;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whom watchlists are shared by. */
@ApplicationScoped
class WatchlistMembers {

    static final int AT_MOST = 100;
    static final ProblemKind OWNER_MUST_HAND_OVER =
            new ProblemKind("owner-must-hand-over", 409, "A watchlist always has an owner");

    private static final String STATE = """
            SELECT count(*) AS members, max(role) FILTER (WHERE user_id = $2) AS role
            FROM watchlist_members WHERE watchlist_id = $1
            """;
    private static final String GIVE_ROLE = """
            INSERT INTO watchlist_members (watchlist_id, user_id, role) SELECT $1, id, $3 FROM profiles WHERE id = $2
            ON CONFLICT (watchlist_id, user_id) DO UPDATE SET role = EXCLUDED.role
            """;
    private static final String STEP_DOWN =
            "UPDATE watchlist_members SET role = 'editor' WHERE watchlist_id = $1 AND user_id = $2";
    private static final String REMOVE = "DELETE FROM watchlist_members WHERE watchlist_id = $1 AND user_id = $2";

    private final Slice slice;
    private final SecondOpinion opinion;

    WatchlistMembers(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
        this.opinion = opinion;
    }

    /**
     * Makes somebody something in a list of the caller's; making another the owner hands the list over, and the caller becomes an
     * editor.
     *
     * @throws Problem {@code not-found} (404), {@code unknown-profile} (404), {@code forbidden} (403),
     *     {@code owner-must-hand-over} (409), {@code watchlist-full} (409)
     */
    Uni<Void> giveRole(Caller caller, UUID list, UUID person, ListRole role) {
        return opinion.on(
                () -> slice.write(
                        caller,
                        tx -> WatchlistState.lockOwned(tx, list)
                                .chain(() -> state(tx, list, person))
                                .chain(state -> {
                                    ListRole before = ListRole.parse(state.getString("role"));
                                    if (before == role) {
                                        return Uni.createFrom().voidItem();
                                    }
                                    if (before == ListRole.OWNER) {
                                        throw handOverFirst();
                                    }
                                    if (before == null && state.getLong("members") >= AT_MOST) {
                                        throw Watchlists.FULL.because(
                                                "A list is shared by at most " + AT_MOST + " people.");
                                    }
                                    return giveNewRole(tx, caller, list, person, role);
                                })),
                person);
    }

    /**
     * Ends somebody's part in a list: one's own, or as the owner anybody else's. Where there is none, nothing changes.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code owner-must-hand-over} (409)
     */
    Uni<Void> remove(Caller caller, UUID list, UUID person) {
        return slice.write(
                caller,
                tx -> WatchlistState.lock(tx, list)
                        .invoke(role -> requireMayRemove(caller, role, person))
                        .chain(() -> state(tx, list, person))
                        .chain(state -> state.getString("role") == null
                                ? Uni.createFrom().voidItem()
                                : WatchlistState.changes(tx, list)
                                        .chain(() -> tx.execute(REMOVE, list, person))
                                        .replaceWithVoid()));
    }

    /** The new owner is raised before the old one steps down, who could not raise anybody any more. */
    private static Uni<Void> giveNewRole(Tx tx, Caller caller, UUID list, UUID person, ListRole role) {
        return tx.execute(GIVE_ROLE, list, person, role.text())
                .invoke(given -> {
                    if (given.rowCount() == 0) {
                        throw Refusals.unknown();
                    }
                })
                .chain(() -> role == ListRole.OWNER
                        ? tx.execute(STEP_DOWN, list, caller.id()).replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .chain(() -> WatchlistState.changes(tx, list));
    }

    private static void requireMayRemove(Caller caller, ListRole role, UUID person) {
        boolean self = person.equals(caller.id());
        if (self && role == ListRole.OWNER) {
            throw handOverFirst();
        }
        if (!self && role != ListRole.OWNER) {
            throw Problems.FORBIDDEN.because("Members leave by themselves; only the owner removes others.");
        }
    }

    private static Problem handOverFirst() {
        return OWNER_MUST_HAND_OVER.because("Make another member the owner first, with PUT …/members/{profileId}.");
    }

    private static Uni<Row> state(Tx tx, UUID list, UUID person) {
        return tx.execute(STATE, list, person).map(rows -> rows.iterator().next());
    }
}
