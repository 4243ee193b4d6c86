package io.tradosphere.contracts.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tradosphere.contracts.EventType;
import java.util.Objects;
import java.util.UUID;

/**
 * Somebody made a profile, for the first time or after having been erased.
 *
 * @param profile the state after the change, flat in the JSON
 */
public record ProfileCreated(@JsonUnwrapped ProfileState profile) implements ProfileEvent {
    /** Refuses an event without its state. */
    public ProfileCreated {
        Objects.requireNonNull(profile, "profile");
    }

    @Override
    public UUID profileId() {
        return profile.profileId();
    }

    @Override
    public EventType type() {
        return EventType.PROFILE_CREATED;
    }
}
