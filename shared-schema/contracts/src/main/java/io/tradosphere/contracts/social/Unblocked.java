package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A block was lifted; a tombstone of the same key follows.
 *
 * @param blockerId who blocks
 * @param blockerIncarnation the incarnation of the blocker's id
 * @param blockedId who is blocked
 * @param blockedIncarnation the incarnation of the blocked person's id
 * @param unblockedAt when it ended
 */
public record Unblocked(
        UUID blockerId, long blockerIncarnation, UUID blockedId, long blockedIncarnation, Instant unblockedAt)
        implements BlockEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_UNBLOCKED;
    }
}
