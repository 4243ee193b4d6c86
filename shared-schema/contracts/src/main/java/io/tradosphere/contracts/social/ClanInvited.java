package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is invited to a clan, or a member is offered its ownership.
 *
 * @param invitationId the invitation
 * @param clanId the clan
 * @param profileId who is invited
 * @param incarnation the incarnation of that person's id
 * @param inviterId who invites, the owner of the clan
 * @param inviterIncarnation the incarnation of the inviter's id
 * @param role what the invited person becomes in the clan; {@code owner} offers a member the ownership
 * @param invitedAt when it happened
 */
public record ClanInvited(
        UUID invitationId,
        UUID clanId,
        UUID profileId,
        long incarnation,
        UUID inviterId,
        long inviterIncarnation,
        ClanRole role,
        Instant invitedAt)
        implements ClanInvitationEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_CLAN_INVITED;
    }
}
