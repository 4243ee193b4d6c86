package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;

/**
 * A subscription became active: a new one, or one that had lapsed.
 *
 * @param subscription the state after the change, flat in the JSON
 */
public record SubscriptionActivated(@JsonUnwrapped SubscriptionState subscription) implements SubscriptionEvent {
    /** Refuses an event without its state. */
    public SubscriptionActivated {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public EventType type() {
        return EventType.BILLING_SUBSCRIPTION_ACTIVATED;
    }
}
