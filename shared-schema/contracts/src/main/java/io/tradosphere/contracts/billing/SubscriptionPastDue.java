package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;

/**
 * A payment for a subscription failed and is being tried again.
 *
 * @param subscription the state after the change, flat in the JSON
 */
public record SubscriptionPastDue(@JsonUnwrapped SubscriptionState subscription) implements SubscriptionEvent {
    /** Refuses an event without its state. */
    public SubscriptionPastDue {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public EventType type() {
        return EventType.BILLING_SUBSCRIPTION_PAST_DUE;
    }
}
