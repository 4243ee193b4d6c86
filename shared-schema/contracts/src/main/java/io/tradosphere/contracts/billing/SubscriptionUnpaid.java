package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;

/**
 * Every attempt to collect for a subscription failed.
 *
 * @param subscription the state after the change, flat in the JSON
 */
public record SubscriptionUnpaid(@JsonUnwrapped SubscriptionState subscription) implements SubscriptionEvent {
    /** Refuses an event without its state. */
    public SubscriptionUnpaid {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public EventType type() {
        return EventType.BILLING_SUBSCRIPTION_UNPAID;
    }
}
