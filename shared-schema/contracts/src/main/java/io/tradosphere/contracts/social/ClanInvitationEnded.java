package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation to a clan is no longer open: accepted, declined, withdrawn, replaced or expired, or the clan or one of the two
 * people is gone, or one has blocked the other.
 *
 * @param invitationId the invitation
 * @param clanId the clan
 * @param profileId who was invited
 * @param incarnation the incarnation of that person's id
 * @param endedAt when it happened
 */
public record ClanInvitationEnded(UUID invitationId, UUID clanId, UUID profileId, long incarnation, Instant endedAt)
        implements ClanInvitationEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_INVITATION_ENDED;
    }
}
