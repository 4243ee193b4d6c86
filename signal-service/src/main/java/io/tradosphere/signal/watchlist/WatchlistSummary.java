package io.tradosphere.signal.watchlist;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A watchlist among others.
 *
 * @param role what the caller is in it
 * @param assetCount how many assets are on it
 * @param memberCount how many people it is shared by, the owner included
 * @param updatedAt when it, its assets or its members last changed
 */
record WatchlistSummary(
        UUID id, String name, ListRole role, long assetCount, long memberCount, Instant createdAt, Instant updatedAt) {

    static WatchlistSummary of(Row row) {
        return new WatchlistSummary(
                row.getUUID("id"),
                row.getString("name"),
                ListRole.parse(row.getString("role")),
                row.getLong("asset_count"),
                row.getLong("member_count"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
