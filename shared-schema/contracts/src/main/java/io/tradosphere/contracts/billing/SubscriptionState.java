package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a subscription stands; nothing of the payment service's.
 *
 * @param subscriptionId the subscription
 * @param subscriberId who pays
 * @param subscriberIncarnation the incarnation of the subscriber's id
 * @param creatorId who is subscribed to
 * @param creatorIncarnation the incarnation of the creator's id
 * @param status where it stands now
 * @param previousStatus where it stood before; null when it is new
 * @param priceMonthly price a month
 * @param currency currency of the price, ISO 4217
 * @param startedAt when it last became active by a checkout
 * @param currentPeriodEnd until when it is paid; null when there is none
 * @param accessUntil until when the subscriber may see what is for subscribers; compare it with the clock. Null when unknown
 * @param changedAt when this change happened
 */
public record SubscriptionState(
        UUID subscriptionId,
        UUID subscriberId,
        long subscriberIncarnation,
        UUID creatorId,
        long creatorIncarnation,
        SubscriptionStatus status,
        @Nullable SubscriptionStatus previousStatus,
        BigDecimal priceMonthly,
        String currency,
        Instant startedAt,
        @Nullable Instant currentPeriodEnd,
        @Nullable Instant accessUntil,
        Instant changedAt) {}
