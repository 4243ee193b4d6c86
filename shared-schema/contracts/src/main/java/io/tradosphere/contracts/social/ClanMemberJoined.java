package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody joined a clan, or founded it.
 *
 * @param clanId the clan
 * @param profileId the member
 * @param incarnation the incarnation of the member's id
 * @param role what the member is in the clan
 * @param joinedAt when it happened
 */
public record ClanMemberJoined(UUID clanId, UUID profileId, long incarnation, ClanRole role, Instant joinedAt)
        implements ClanMemberEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_MEMBER_JOINED;
    }
}
