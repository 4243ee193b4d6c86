package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation to a watchlist is no longer open: accepted, declined, withdrawn, replaced or expired, or the watchlist or one of the two
 * people is gone, or one has blocked the other.
 *
 * @param invitationId the invitation
 * @param watchlistId the watchlist
 * @param profileId who was invited
 * @param incarnation the incarnation of that person's id
 * @param endedAt when it happened
 */
public record WatchlistInvitationEnded(
        UUID invitationId, UUID watchlistId, UUID profileId, long incarnation, Instant endedAt)
        implements WatchlistInvitationEvent {
    @Override
    public EventType type() {
        return EventType.WATCHLIST_INVITATION_ENDED;
    }
}
