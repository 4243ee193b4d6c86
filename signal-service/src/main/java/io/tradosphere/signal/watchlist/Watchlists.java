package io.tradosphere.signal.watchlist;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Creates, reads, renames and deletes watchlists. */
@ApplicationScoped
class Watchlists {

    static final int OWNED_AT_MOST = 100;

    private static final String LOCK_OWNED = "SELECT lock_owned_watchlists() AS owned";
    /** A trigger adds the owner's row. */
    private static final String MAKE =
            "INSERT INTO watchlists (name, created_by) SELECT $2, id FROM profiles WHERE id = $1 RETURNING id";

    private static final String OWN = """
            SELECT w.id, w.name, m.role, w.created_at, w.updated_at,
              (SELECT count(*) FROM watchlist_assets a WHERE a.watchlist_id = w.id) AS asset_count,
              (SELECT count(*) FROM watchlist_members o WHERE o.watchlist_id = w.id) AS member_count
            FROM watchlist_members m JOIN watchlists w ON w.id = m.watchlist_id
            WHERE m.user_id = $1 AND m.watchlist_id < $2
            ORDER BY m.watchlist_id DESC LIMIT $3
            """;
    private static final String RENAME = "UPDATE watchlists SET name = $2 WHERE id = $1";
    private static final String DELETE = "DELETE FROM watchlists WHERE id = $1";

    private final SliceDatabase slice;
    private final MergePatch patches;

    Watchlists(SliceDatabase slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /**
     * Creates an empty list that the caller owns, within the given transaction.
     *
     * @throws Problem {@code profile-required} (403), {@code limit-reached} (409)
     */
    Uni<Answer> create(Tx tx, Caller caller, WatchlistName list) {
        return tx.execute(LOCK_OWNED)
                .invoke(rows -> {
                    if (rows.iterator().next().getLong("owned") >= OWNED_AT_MOST) {
                        throw tooManyOwned();
                    }
                })
                .chain(() -> tx.execute(MAKE, caller.id(), list.name()))
                .map(created -> Rows.first(created, row -> row.getUUID("id")).orElseThrow(Refusals::noProfile))
                .chain(id -> WatchlistState.read(tx, caller, id))
                .map(created -> Answer.created(
                        "/v1/watchlists/" + created.list().id(),
                        Etags.of(created.version(), created.list()),
                        created.list()));
    }

    /** The problem of a caller who owns as many lists as one may. */
    static Problem tooManyOwned() {
        return ProblemKind.LIMIT_REACHED.because("A profile owns at most " + OWNED_AT_MOST + " watchlists.");
    }

    /** A page of the lists of which the caller is a member, newest first. */
    Uni<Page<WatchlistSummary>> list(Caller caller, PageRequest page) {
        return slice.read(caller, OWN, caller.id(), Keyset.newestIdFirst(page), page.rows())
                .map(rows -> page.page(Rows.list(rows, WatchlistSummary::of), last -> Cursor.after(last.id())));
    }

    /**
     * Finds a list of which the caller is a member.
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
     * Deletes a list of the caller's with its assets and members.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    Uni<Void> delete(Caller caller, UUID list, String ifMatch) {
        return slice.write(
                caller,
                tx -> WatchlistState.lockOwned(tx, list)
                        .chain(() -> WatchlistState.read(tx, caller, list))
                        .invoke(before -> Etags.require(ifMatch, before.version()))
                        .chain(() -> tx.execute(DELETE, list))
                        .replaceWithVoid());
    }
}
