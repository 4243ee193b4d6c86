package io.tradosphere.contracts.streaming;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A stream is over.
 *
 * @param streamId the stream
 * @param creatorId who streams
 * @param creatorIncarnation the incarnation of the creator's id
 * @param end how it came to that
 * @param peakViewers how many watched at once at most
 * @param totalViewers how many watched in all
 * @param startedAt when it had begun
 * @param endedAt when it ended
 */
public record StreamEnded(
        UUID streamId,
        UUID creatorId,
        long creatorIncarnation,
        StreamEnd end,
        long peakViewers,
        long totalViewers,
        Instant startedAt,
        Instant endedAt)
        implements StreamEvent {
    @Override
    public EventType type() {
        return EventType.STREAMING_ENDED;
    }
}
