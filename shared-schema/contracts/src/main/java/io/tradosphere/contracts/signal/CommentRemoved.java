package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A comment was removed, by its author or by the signal's owner.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param commentId the comment
 * @param authorId who wrote the comment
 * @param authorIncarnation the incarnation of the author's id
 * @param removedAt when it happened
 */
public record CommentRemoved(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        UUID commentId,
        UUID authorId,
        long authorIncarnation,
        Instant removedAt)
        implements EngagementEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_COMMENT_REMOVED;
    }

    @Override
    public String subject() {
        return commentId.toString();
    }
}
