package io.tradosphere.contracts.billing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;

/**
 * An active subscription was paid for another period, or will end at another time than before.
 *
 * @param subscription the state after the change, flat in the JSON
 */
public record SubscriptionRenewed(@JsonUnwrapped SubscriptionState subscription) implements SubscriptionEvent {
    /** Refuses an event without its state. */
    public SubscriptionRenewed {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public EventType type() {
        return EventType.BILLING_SUBSCRIPTION_RENEWED;
    }
}
