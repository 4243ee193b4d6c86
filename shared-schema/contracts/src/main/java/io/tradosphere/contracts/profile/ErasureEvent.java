package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** That somebody is to be forgotten everywhere. */
public sealed interface ErasureEvent extends Event permits Erased {
    /** The person to forget. */
    UUID profileId();

    /** The life of this id that ended; a later one is somebody who came back, and stays. */
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
