package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way a signal or a trade is meant. */
public enum Direction {
    /** Gains when the price rises. */
    @JsonProperty("LONG")
    LONG,

    /** Gains when the price falls. */
    @JsonProperty("SHORT")
    SHORT
}
