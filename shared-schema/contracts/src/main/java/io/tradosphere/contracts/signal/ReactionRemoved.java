package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody took a reaction back.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param userId who reacted
 * @param incarnation the incarnation of that person's id
 * @param reaction the removed reaction
 * @param removedAt when it happened
 */
public record ReactionRemoved(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        UUID userId,
        long incarnation,
        Reaction reaction,
        Instant removedAt)
        implements EngagementEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_REACTION_REMOVED;
    }

    @Override
    public String subject() {
        return signalId + ":" + userId;
    }
}
