package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.Event;

/** What happens to a subscription; the latest event of a key is its whole state. */
public sealed interface SubscriptionEvent extends Event
        permits SubscriptionActivated,
                SubscriptionPastDue,
                SubscriptionUnpaid,
                SubscriptionCancelled,
                SubscriptionRenewed {
    /** The state after the change. */
    SubscriptionState subscription();

    /**
     * What it adds to the creator's number of subscribers: 1 when the subscription becomes active, -1 when it ceases to be, else
     * 0.
     */
    default int sign() {
        int now = subscription().status() == SubscriptionStatus.ACTIVE ? 1 : 0;
        int before = subscription().previousStatus() == SubscriptionStatus.ACTIVE ? 1 : 0;
        return now - before;
    }

    @Override
    default String subject() {
        return subscription().subscriptionId().toString();
    }

    @Override
    default String key() {
        return subscription().subscriptionId().toString();
    }
}
