package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A signal that nobody had seen yet was taken back, and counts no more; a resolved one is never deleted.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param postedAt when it had been posted
 * @param deletedAt when it was deleted
 */
public record SignalDeleted(UUID signalId, UUID creatorId, long creatorIncarnation, Instant postedAt, Instant deletedAt)
        implements SignalEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_DELETED;
    }
}
