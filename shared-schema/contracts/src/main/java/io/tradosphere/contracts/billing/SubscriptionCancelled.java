package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;

/**
 * A subscription ended.
 *
 * @param subscription the state after the change, flat in the JSON
 */
public record SubscriptionCancelled(@JsonUnwrapped SubscriptionState subscription) implements SubscriptionEvent {
    /** Refuses an event without its state. */
    public SubscriptionCancelled {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public EventType type() {
        return EventType.BILLING_SUBSCRIPTION_CANCELLED;
    }
}
