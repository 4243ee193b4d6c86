package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.Tier;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody paid for a tier of the platform, for the first time, for another period, or instead of another tier.
 *
 * @param profileId the person
 * @param incarnation the incarnation of that person's id
 * @param tier the tier paid for
 * @param currentPeriodEnd until when it is paid; null when there is none
 * @param purchasedAt when it was paid
 */
public record TierPurchased(
        UUID profileId,
        long incarnation,
        Tier tier,
        @Nullable Instant currentPeriodEnd,
        Instant purchasedAt) implements TierEvent {
    @Override
    public EventType type() {
        return EventType.BILLING_TIER_PURCHASED;
    }
}
