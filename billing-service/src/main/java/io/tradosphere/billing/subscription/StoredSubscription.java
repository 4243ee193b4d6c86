package io.tradosphere.billing.subscription;

import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionPastDue;
import io.tradosphere.contracts.billing.SubscriptionRenewed;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.contracts.billing.SubscriptionUnpaid;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code subscriptions}.
 *
 * @param subscriberId null once the subscriber is erased
 * @param creatorId null once the creator is erased
 * @param stripeId Stripe's id of the subscription that the row shows; null when there is none
 * @param accessUntil until when that gives access
 */
record StoredSubscription(
        UUID id,
        UUID subscriberId,
        UUID creatorId,
        String stripeId,
        SubscriptionStatus status,
        Instant accessUntil,
        long version) {

    /** The selected columns. */
    static final String COLUMNS =
            "id, subscriber_id, creator_id, stripe_subscription_id, status, access_until, version";

    static StoredSubscription of(Row row) {
        return new StoredSubscription(
                row.getUUID("id"),
                row.getUUID("subscriber_id"),
                row.getUUID("creator_id"),
                row.getString("stripe_subscription_id"),
                EnumText.parse(SubscriptionStatus.class, row.getString("status")),
                Rows.instant(row, "access_until"),
                row.getLong("version"));
    }

    /** Whether one of its parties is erased. */
    boolean isAnonymous() {
        return subscriberId == null || creatorId == null;
    }

    boolean isLive() {
        return status != SubscriptionStatus.CANCELLED;
    }

    /** The event of a change; its type follows from the new status. */
    static SubscriptionEvent event(SubscriptionState state) {
        return switch (state.status()) {
            case ACTIVE ->
                state.previousStatus() == SubscriptionStatus.ACTIVE
                        ? new SubscriptionRenewed(state)
                        : new SubscriptionActivated(state);
            case PAST_DUE -> new SubscriptionPastDue(state);
            case UNPAID -> new SubscriptionUnpaid(state);
            case CANCELLED -> new SubscriptionCancelled(state);
        };
    }
}
