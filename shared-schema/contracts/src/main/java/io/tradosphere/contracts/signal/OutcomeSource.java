package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who decided what became of a signal. */
public enum OutcomeSource {
    /** A price tick crossed the target or the stop. */
    @JsonProperty("market")
    MARKET,

    /** The creator said so. */
    @JsonProperty("creator")
    CREATOR
}
