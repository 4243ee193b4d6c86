package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.EventType;
import java.util.UUID;

/**
 * Somebody is to be forgotten: whoever holds data of that person, of this incarnation or an earlier one, deletes
 * it.
 *
 * @param profileId the person to forget
 * @param incarnation the erased incarnation of this id
 */
public record Erased(UUID profileId, long incarnation) implements ErasureEvent {
    @Override
    public EventType type() {
        return EventType.PROFILE_ERASED;
    }
}
