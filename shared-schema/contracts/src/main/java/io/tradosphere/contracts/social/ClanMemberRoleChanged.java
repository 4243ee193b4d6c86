package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A member of a clan became something else in it.
 *
 * @param clanId the clan
 * @param profileId the member
 * @param incarnation the incarnation of the member's id
 * @param role what the member is in the clan from now on
 * @param previousRole what the member was before
 * @param joinedAt when the member had joined
 */
public record ClanMemberRoleChanged(
        UUID clanId, UUID profileId, long incarnation, ClanRole role, ClanRole previousRole, Instant joinedAt)
        implements ClanMemberEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_MEMBER_ROLE_CHANGED;
    }
}
