package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody commented on a signal. The text is read through the API.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param commentId the comment
 * @param authorId who wrote the comment
 * @param authorIncarnation the incarnation of the author's id
 * @param commentedAt when it happened
 */
public record SignalCommented(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        UUID commentId,
        UUID authorId,
        long authorIncarnation,
        Instant commentedAt)
        implements EngagementEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_COMMENTED;
    }

    @Override
    public String subject() {
        return commentId.toString();
    }
}
