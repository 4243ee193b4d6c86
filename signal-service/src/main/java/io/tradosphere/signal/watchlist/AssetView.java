package io.tradosphere.signal.watchlist;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An asset on a watchlist.
 *
 * @param symbol what is traded, upper case, such as {@code BTC/USD}
 * @param addedBy the profile that added it; null once that person has been erased
 * @param addedAt when it was added
 */
@Schema(name = "WatchlistAsset")
record AssetView(String symbol, @Nullable UUID addedBy, Instant addedAt) {

    static AssetView of(Row row) {
        return new AssetView(row.getString("symbol"), row.getUUID("added_by"), Rows.instant(row, "added_at"));
    }
}
