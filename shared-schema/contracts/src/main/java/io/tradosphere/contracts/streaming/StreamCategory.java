package io.tradosphere.contracts.streaming;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a stream is about. */
public enum StreamCategory {
    /** Somebody goes through their own trades. */
    @JsonProperty("ts_journal")
    TS_JOURNAL,

    /** A competition, live. */
    @JsonProperty("competition")
    COMPETITION,

    /** Looking at a market. */
    @JsonProperty("analysis")
    ANALYSIS
}
