package io.tradosphere.contracts.streaming;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody went live. The title is read through the API.
 *
 * @param streamId the stream
 * @param creatorId who streams
 * @param creatorIncarnation the incarnation of the creator's id
 * @param category what it is about
 * @param currentSymbol what is being looked at; null when there is none
 * @param startedAt when it began
 */
public record StreamStarted(
        UUID streamId,
        UUID creatorId,
        long creatorIncarnation,
        StreamCategory category,
        @Nullable String currentSymbol,
        Instant startedAt)
        implements StreamEvent {
    @Override
    public EventType type() {
        return EventType.STREAMING_STARTED;
    }
}
