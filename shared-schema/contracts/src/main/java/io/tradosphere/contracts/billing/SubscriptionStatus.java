package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a subscription stands. */
public enum SubscriptionStatus {
    /** Paid; the only status that counts. Access is {@link SubscriptionState#accessUntil()}. */
    @JsonProperty("active")
    ACTIVE,

    /** A payment failed and is being tried again. */
    @JsonProperty("past_due")
    PAST_DUE,

    /** Every attempt to collect failed. */
    @JsonProperty("unpaid")
    UNPAID,

    /** Ended; may become active again by a new checkout. */
    @JsonProperty("cancelled")
    CANCELLED
}
