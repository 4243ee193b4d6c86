package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How somebody reacts to a signal; a person has one reaction a signal. */
public enum Reaction {
    /** Fire. */
    @JsonProperty("fire")
    FIRE,

    /** Doubt. */
    @JsonProperty("thinking")
    THINKING,

    /** To the moon. */
    @JsonProperty("rocket")
    ROCKET,

    /** Plain approval. */
    @JsonProperty("like")
    LIKE,

    /** Expects a rise. */
    @JsonProperty("bullish")
    BULLISH,

    /** Expects a fall. */
    @JsonProperty("bearish")
    BEARISH
}
