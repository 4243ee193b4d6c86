package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody reacted to a signal, or changed their reaction to it.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param userId who reacted
 * @param incarnation the incarnation of that person's id
 * @param reaction the reaction from now on
 * @param previousReaction the reaction it replaces; null for a first one, the only kind that moves likeCount
 * @param reactedAt when it happened
 */
public record SignalReacted(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        UUID userId,
        long incarnation,
        Reaction reaction,
        @Nullable Reaction previousReaction,
        Instant reactedAt)
        implements EngagementEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_REACTED;
    }

    @Override
    public String subject() {
        return signalId + ":" + userId;
    }

    /** What it adds to the signal's number of reactions: 1 for a first reaction, 0 for a changed one. */
    public int sign() {
        return previousReaction == null ? 1 : 0;
    }
}
