package io.tradosphere.contracts.profile;

import io.tradosphere.contracts.EventType;
import java.util.UUID;

/**
 * Somebody was erased; a tombstone of the same key follows, so that compaction forgets the person.
 *
 * @param profileId the erased person
 */
public record ProfileDeleted(UUID profileId) implements ProfileEvent {
    @Override
    public EventType type() {
        return EventType.PROFILE_DELETED;
    }
}
