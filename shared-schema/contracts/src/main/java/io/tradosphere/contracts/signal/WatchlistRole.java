package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a member in a watchlist. */
public enum WatchlistRole {
    /** May do everything; each list has exactly one. */
    @JsonProperty("owner")
    OWNER,

    /** May add and remove assets. */
    @JsonProperty("editor")
    EDITOR,

    /** May only read. */
    @JsonProperty("viewer")
    VIEWER
}
