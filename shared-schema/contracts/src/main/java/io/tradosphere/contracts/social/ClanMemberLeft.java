package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.util.UUID;

/**
 * Somebody left a clan or was removed from it; a tombstone of the same key follows.
 *
 * @param clanId the clan
 * @param profileId the member
 * @param incarnation the incarnation of the member's id
 */
public record ClanMemberLeft(UUID clanId, UUID profileId, long incarnation) implements ClanMemberEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_MEMBER_LEFT;
    }
}
