package io.tradosphere.signal.watchlist;

import io.tradosphere.contracts.signal.WatchlistRole;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that gives a profile a role in a watchlist.
 *
 * @param role the new role
 */
@Schema(name = "WatchlistRoleChange")
record RoleChange(@NotNull(message = "is required") WatchlistRole role) {}
