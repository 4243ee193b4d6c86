package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is invited to a watchlist, or offered its ownership.
 *
 * @param invitationId the invitation
 * @param watchlistId the watchlist
 * @param profileId who is invited
 * @param incarnation the incarnation of that person's id
 * @param inviterId who invites, the owner of the watchlist
 * @param inviterIncarnation the incarnation of the inviter's id
 * @param role what the invited person becomes on the list; {@code owner} offers the ownership
 * @param invitedAt when it happened
 */
public record WatchlistInvited(
        UUID invitationId,
        UUID watchlistId,
        UUID profileId,
        long incarnation,
        UUID inviterId,
        long inviterIncarnation,
        WatchlistRole role,
        Instant invitedAt)
        implements WatchlistInvitationEvent {
    @Override
    public EventType type() {
        return EventType.WATCHLIST_INVITED;
    }
}
