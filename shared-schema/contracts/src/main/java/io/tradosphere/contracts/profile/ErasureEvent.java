package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** That somebody is to be forgotten everywhere. */
public sealed interface ErasureEvent extends Event permits Erased {
    /** The person to forget. */
    UUID profileId();

    /** The erased incarnation of this id; data of a later one stays. */
    long incarnation();

    @Override
    default String subject() {
        return profileId().toString();
    }

    @Override
    default String key() {
        return profileId().toString();
    }
}
