package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Tier;
import java.time.Instant;
import java.util.UUID;

/**
 * A tier that somebody had paid for came to its end.
 *
 * @param profileId the person
 * @param incarnation the incarnation of that person's id
 * @param tier the tier that ended
 * @param endedAt when it ended
 */
public record TierEnded(UUID profileId, long incarnation, Tier tier, Instant endedAt) implements TierEvent {
    @Override
    public EventType type() {
        return EventType.BILLING_TIER_ENDED;
    }
}
