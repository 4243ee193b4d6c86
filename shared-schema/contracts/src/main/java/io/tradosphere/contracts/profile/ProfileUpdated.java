package io.tradosphere.contracts.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody edited what their profile says.
 *
 * @param profile the state after the change, flat in the JSON
 */
public record ProfileUpdated(@JsonUnwrapped ProfileState profile) implements ProfileEvent {
    /** Refuses an event without its state. */
    public ProfileUpdated {
        Objects.requireNonNull(profile, "profile");
    }

    @Override
    public UUID profileId() {
        return profile.profileId();
    }

    @Override
    public EventType type() {
        return EventType.PROFILE_UPDATED;
    }
}
