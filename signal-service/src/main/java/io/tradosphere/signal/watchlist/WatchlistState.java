package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A watchlist and its version.
 *
 * @param version the version behind its ETag; changes with its name, assets and members
 */
record WatchlistState(long version, WatchlistView list) {

    /** One row for each member and asset, so that one statement and one snapshot show everything. */
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
            """.formatted(ProfileSummary.COLUMNS);

    private static final String LOCK = "SELECT lock_watchlist($1) AS role";
    private static final String BUMP_VERSION = "SELECT bump_watchlist_version($1)";

    /**
     * Locks the list until the transaction ends. Every change of a list, its assets or its members starts here.
     *
     * @return the caller's role in it
     * @throws Problem {@code not-found} (404), also for a caller who is not a member
     */
    static Uni<WatchlistRole> lock(Tx tx, UUID list) {
        return tx.execute(LOCK, list).map(rows -> {
            WatchlistRole role =
                    EnumText.parse(WatchlistRole.class, rows.iterator().next().getString("role"));
            if (role == null) {
                throw unknown();
            }
            return role;
        });
    }

    /**
     * Locks a list as {@link #lock} does, and requires that the caller is its owner.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    static Uni<Void> lockOwned(Tx tx, UUID list) {
        return lock(tx, list)
                .invoke(role -> {
                    if (role != WatchlistRole.OWNER) {
                        throw ProblemKind.FORBIDDEN.because("Only the list's owner may do this.");
                    }
                })
                .replaceWithVoid();
    }

    /** Increments the version for a change of assets or members. Run it while the caller is still a member. */
    static Uni<Void> bumpVersion(Tx tx, UUID list) {
        return tx.execute(BUMP_VERSION, list).replaceWithVoid();
    }

    /**
     * Reads the list as the transaction sees it.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<WatchlistState> read(Tx tx, Caller caller, UUID list) {
        return tx.execute(SHOW, list).map(rows -> of(rows, caller));
    }

    /**
     * Converts the rows of {@link #SHOW}.
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
        WatchlistRole role = members.stream()
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
        return ProblemKind.NOT_FOUND.because("The caller has no watchlist with this id.");
    }
}
