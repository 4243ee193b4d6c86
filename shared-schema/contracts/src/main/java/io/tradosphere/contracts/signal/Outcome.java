package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a signal. */
public enum Outcome {
    /** The price reached the target. */
    @JsonProperty("hit")
    HIT,

    /** The price reached the stop. */
    @JsonProperty("miss")
    MISS,

    /** Withdrawn; counts neither way and leaves a streak alone. */
    @JsonProperty("cancelled")
    CANCELLED
}
