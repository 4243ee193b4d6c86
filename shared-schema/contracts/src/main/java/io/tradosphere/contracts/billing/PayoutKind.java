package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a payout is for. */
public enum PayoutKind {
    /** A prize of a competition. */
    @JsonProperty("prize")
    PRIZE,

    /** A share of the legends' pool. */
    @JsonProperty("pool_share")
    POOL_SHARE
}
