package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Making, showing, renaming and deleting watchlists. */
@ApplicationScoped
class Watchlists {

    /** A list is shown whole, so it cannot grow without end. */
    static final ProblemKind FULL = new ProblemKind("watchlist-full", 409, "The watchlist holds no more");

    /** The list's owner comes with it, by trigger. */
    private static final String MAKE =
            "INSERT INTO watchlists (name, created_by) SELECT $2, id FROM profiles WHERE id = $1 RETURNING id";

    private static final String OWN = """
            SELECT w.id, w.name, m.role, w.created_at, w.updated_at,
              (SELECT count(*) FROM watchlist_assets a WHERE a.watchlist_id = w.id) AS asset_count,
              (SELECT count(*) FROM watchlist_members o WHERE o.watchlist_id = w.id) AS member_count
            FROM watchlist_members m JOIN watchlists w ON w.id = m.watchlist_id
            WHERE m.user_id = $1 AND m.watchlist_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
            ORDER BY m.watchlist_id DESC LIMIT $3
            """;
    private static final String RENAME = "UPDATE watchlists SET name = $2 WHERE id = $1";
    private static final String DELETE = "DELETE FROM watchlists WHERE id = $1";

    private final Slice slice;
    private final MergePatch patches;

    Watchlists(Slice slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /**
     * Makes an empty list that the caller owns, within the given transaction.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Answer> make(Tx tx, Caller caller, WatchlistName list) {
        return tx.execute(MAKE, caller.id(), list.name())
                .map(made -> Rows.first(made, row -> row.getUUID("id")).orElseThrow(Refusals::noProfile))
                .chain(id -> WatchlistState.read(tx, caller, id))
                .map(made ->
                        Answer.created("/v1/watchlists/" + made.list().id(), Etags.of(made.version()), made.list()));
    }

    /** The lists that the caller shares, newest first. */
    Uni<Page<WatchlistSummary>> list(Caller caller, PageRequest page) {
        UUID after = page.after(1).map(cursor -> cursor.uuid(0)).orElse(null);
        return slice.read(caller, OWN, caller.id(), after, page.rows())
                .map(rows -> page.page(Rows.list(rows, WatchlistSummary::of), last -> Cursor.after(last.id())));
    }

    /**
     * One list that the caller shares.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<WatchlistState> find(Caller caller, UUID list) {
        return slice.read(caller, WatchlistState.SHOW, list).map(rows -> WatchlistState.of(rows, caller));
    }

    /**
     * Applies a merge patch to a list of the caller's.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stale} (412), {@code invalid-request} (400)
     */
    Uni<WatchlistState> edit(Caller caller, UUID list, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> WatchlistState.lockOwned(tx, list)
                        .chain(() -> WatchlistState.read(tx, caller, list))
                        .chain(before -> {
                            Etags.require(ifMatch, before.version());
                            WatchlistName name = new WatchlistName(before.list().name());
                            WatchlistName after = patches.apply(patch, name, WatchlistName.class);
                            return after.equals(name)
                                    ? Uni.createFrom().item(before)
                                    : tx.execute(RENAME, list, after.name())
                                            .chain(() -> WatchlistState.read(tx, caller, list));
                        }));
    }

    /**
     * Deletes a list of the caller's with all that is on it.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    Uni<Void> delete(Caller caller, UUID list) {
        return slice.write(
                caller,
                tx -> WatchlistState.lockOwned(tx, list)
                        .chain(() -> tx.execute(DELETE, list))
                        .replaceWithVoid());
    }
}
