package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A signal was viewed a number of times since the last such event.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param count how many views to add; at least 1
 * @param viewedAt when the last of them happened
 */
public record SignalViewed(UUID signalId, UUID creatorId, long creatorIncarnation, long count, Instant viewedAt)
        implements EngagementEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_VIEWED;
    }

    @Override
    public String subject() {
        return signalId.toString();
    }
}
