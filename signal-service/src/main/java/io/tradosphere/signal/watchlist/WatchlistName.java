package io.tradosphere.signal.watchlist;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** What a client says of a list as such: in the request that makes it, and in the patch that edits it. */
record WatchlistName(
        @NotNull(message = "is required")
        @Pattern(
                regexp = "(?!\\s)[^\\p{Cntrl}]{1,100}(?<!\\s)",
                message = "has 1 to 100 characters, none of them control characters, no space around them")
        String name) {}
