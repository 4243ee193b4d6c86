package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Tier;
import java.util.UUID;

/** Tiers that people pay the platform for. */
public sealed interface TierEvent extends Event permits TierPurchased, TierEnded {
    /** The person. */
    UUID profileId();

    /** The incarnation of that person's id. */
    long incarnation();

    /** The tier paid for. */
    Tier tier();

    @Override
    default String subject() {
        return profileId().toString();
    }

    @Override
    default String key() {
        return profileId().toString();
    }
}
