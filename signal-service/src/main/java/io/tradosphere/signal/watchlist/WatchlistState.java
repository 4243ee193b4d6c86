package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A watchlist and which version of it this is.
 *
 * @param version what its ETag is made of; moves with its name, its assets and its members
 */
record WatchlistState(long version, WatchlistView list) {

    /** A row for each member and for each asset, so that one statement, and one snapshot, shows all of it. */
    static final String SHOW = """
            SELECT w.id, w.name, w.version, w.created_at, w.updated_at, part.*
            FROM watchlists w CROSS JOIN LATERAL (
              SELECT m.created_at AS since, m.role, NULL AS symbol, NULL::uuid AS added_by, NULL::timestamptz AS added_at, %s
              FROM watchlist_members m JOIN profiles p ON p.id = m.user_id WHERE m.watchlist_id = w.id
              UNION ALL
              SELECT a.added_at, NULL, a.symbol, a.added_by, a.added_at, NULL, NULL, NULL, NULL, NULL
              FROM watchlist_assets a WHERE a.watchlist_id = w.id
            ) AS part
            WHERE w.id = $1
            ORDER BY part.since, part.symbol, part.profile_id
            """.formatted(PersonView.COLUMNS);

    private static final String LOCK = "SELECT watchlist_for_change($1) AS role";
    private static final String CHANGED = "SELECT watchlist_changed($1)";

    /**
     * Locks the list until the transaction ends: every change of a list, its assets or its members begins so.
     *
     * @return what the caller is in it
     * @throws Problem {@code not-found} (404), also for who does not share it
     */
    static Uni<ListRole> lock(Tx tx, UUID list) {
        return tx.execute(LOCK, list).map(rows -> {
            ListRole role = ListRole.parse(rows.iterator().next().getString("role"));
            if (role == null) {
                throw unknown();
            }
            return role;
        });
    }

    /**
     * The same for what only the owner does.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    static Uni<Void> lockOwned(Tx tx, UUID list) {
        return lock(tx, list)
                .invoke(role -> {
                    if (role != ListRole.OWNER) {
                        throw Problems.FORBIDDEN.because("Only the list's owner may do this.");
                    }
                })
                .replaceWithVoid();
    }

    /** Moves the version, since assets or members change; run while the caller is still a member. */
    static Uni<Void> changes(Tx tx, UUID list) {
        return tx.execute(CHANGED, list).replaceWithVoid();
    }

    /**
     * The list as the transaction sees it.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<WatchlistState> read(Tx tx, Caller caller, UUID list) {
        return tx.execute(SHOW, list).map(rows -> of(rows, caller));
    }

    /**
     * The rows of {@link #SHOW}.
     *
     * @throws Problem {@code not-found} (404)
     */
    static WatchlistState of(RowSet<Row> rows, Caller caller) {
        List<AssetView> assets = new ArrayList<>();
        List<MemberView> members = new ArrayList<>();
        for (Row row : rows) {
            if (row.getString("symbol") == null) {
                members.add(MemberView.of(row));
            } else {
                assets.add(AssetView.of(row));
            }
        }
        ListRole role = members.stream()
                .filter(member -> member.person().profileId().equals(caller.id()))
                .map(MemberView::role)
                .findFirst()
                .orElseThrow(WatchlistState::unknown);
        Row row = rows.iterator().next();
        WatchlistView list = new WatchlistView(
                row.getUUID("id"),
                row.getString("name"),
                role,
                assets,
                members,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
        return new WatchlistState(row.getLong("version"), list);
    }

    private static Problem unknown() {
        return Problems.NOT_FOUND.because("No watchlist of yours has this id.");
    }
}
