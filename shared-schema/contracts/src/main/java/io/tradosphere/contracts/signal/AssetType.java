package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of thing is traded. */
public enum AssetType {
    /** Traded around the clock. */
    @JsonProperty("crypto")
    CRYPTO,

    /** Shares. */
    @JsonProperty("stocks")
    STOCKS,

    /** Contracts for a later day. */
    @JsonProperty("futures")
    FUTURES,

    /** Currencies. */
    @JsonProperty("forex")
    FOREX
}
