package io.tradosphere.signal.watchlist;

import io.tradosphere.contracts.signal.WatchlistRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A watchlist as one of its members sees it.
 *
 * @param id the id of the watchlist
 * @param name the name
 * @param role the caller's role in it
 * @param assets in the order in which they were added
 * @param members in the order in which they were added
 * @param createdAt when it was created
 * @param updatedAt when it, its assets or its members last changed
 */
@Schema(name = "Watchlist")
record WatchlistView(
        UUID id,
        String name,
        WatchlistRole role,
        List<AssetView> assets,
        List<MemberView> members,
        Instant createdAt,
        Instant updatedAt) {}
