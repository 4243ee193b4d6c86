package io.tradosphere.signal.watchlist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A watchlist by itself, as one of its members sees it.
 *
 * @param role what the caller is in it
 * @param assets what is on it, in the order in which it was added
 * @param members whom it is shared by, in the order in which they were added
 * @param updatedAt when it, its assets or its members last changed
 */
record WatchlistView(
        UUID id,
        String name,
        ListRole role,
        List<AssetView> assets,
        List<MemberView> members,
        Instant createdAt,
        Instant updatedAt) {}
