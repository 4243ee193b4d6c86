package io.tradosphere.signal.watchlist;

import jakarta.validation.constraints.NotNull;

/** The request that makes somebody something in a list. */
record RoleChange(@NotNull(message = "is required") ListRole role) {}
