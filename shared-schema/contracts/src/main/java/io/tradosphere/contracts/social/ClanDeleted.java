package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.util.UUID;

/**
 * A clan is no more; a tombstone of the same key follows.
 *
 * @param clanId the deleted clan
 */
public record ClanDeleted(UUID clanId) implements ClanEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_DELETED;
    }
}
