package io.tradosphere.signal.watchlist;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * An asset on a watchlist.
 *
 * @param addedBy the profile that added it; null once that person has departed
 */
record AssetView(String symbol, UUID addedBy, Instant addedAt) {

    static AssetView of(Row row) {
        return new AssetView(row.getString("symbol"), row.getUUID("added_by"), Rows.instant(row, "added_at"));
    }
}
