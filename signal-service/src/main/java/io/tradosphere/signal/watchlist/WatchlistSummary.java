package io.tradosphere.signal.watchlist;

import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A watchlist in a list of watchlists.
 *
 * @param id the id of the watchlist
 * @param name the name
 * @param role the caller's role in it
 * @param assetCount the number of its assets
 * @param memberCount the number of its members, including the owner
 * @param createdAt when it was created
 * @param updatedAt when it, its assets or its members last changed
 */
record WatchlistSummary(
        UUID id,
        String name,
        WatchlistRole role,
        long assetCount,
        long memberCount,
        Instant createdAt,
        Instant updatedAt) {

    static WatchlistSummary of(Row row) {
        return new WatchlistSummary(
                row.getUUID("id"),
                row.getString("name"),
                EnumText.parse(WatchlistRole.class, row.getString("role")),
                row.getLong("asset_count"),
                row.getLong("member_count"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
