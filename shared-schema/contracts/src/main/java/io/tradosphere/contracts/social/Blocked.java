package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody blocked another, who from now on can neither follow nor write to them.
 *
 * @param blockerId who blocks
 * @param blockerIncarnation the incarnation of the blocker's id
 * @param blockedId who is blocked
 * @param blockedIncarnation the incarnation of the blocked person's id
 * @param blockedAt when it began
 */
public record Blocked(
        UUID blockerId, long blockerIncarnation, UUID blockedId, long blockedIncarnation, Instant blockedAt)
        implements BlockEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_BLOCKED;
    }
}
