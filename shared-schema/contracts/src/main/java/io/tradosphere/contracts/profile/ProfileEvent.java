package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to a profile that everybody may know. The latest event of a key is the whole public state of that person. */
public sealed interface ProfileEvent extends Event permits ProfileCreated, ProfileUpdated, TierChanged, ProfileDeleted {
    /** The person. */
    UUID profileId();

    @Override
    default String subject() {
        return profileId().toString();
    }

    @Override
    default String key() {
        return profileId().toString();
    }
}
