package io.tradosphere.contracts.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Tier;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody rose or fell to another tier.
 *
 * @param profile the state after the change, flat in the JSON
 * @param previousTier what the person could do before
 */
public record TierChanged(@JsonUnwrapped ProfileState profile, Tier previousTier) implements ProfileEvent {
    /** Refuses an event without its state. */
    public TierChanged {
        Objects.requireNonNull(profile, "profile");
    }

    @Override
    public UUID profileId() {
        return profile.profileId();
    }

    @Override
    public EventType type() {
        return EventType.PROFILE_TIER_CHANGED;
    }
}
