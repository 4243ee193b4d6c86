package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What a person sets for themselves; the latest event of a key holds all settings of that person. */
public sealed interface ProfileSettingsEvent extends Event permits SettingsChanged {
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
