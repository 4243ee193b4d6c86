package io.tradosphere.contracts.streaming;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A live stream has another title or looks at something else. The title is read through the API.
 *
 * @param streamId the stream
 * @param creatorId who streams
 * @param creatorIncarnation the incarnation of the creator's id
 * @param titleChanged whether there is a new title
 * @param currentSymbol what is being looked at, after the change; null when there is none
 * @param changedAt when it happened
 */
public record StreamChanged(
        UUID streamId,
        UUID creatorId,
        long creatorIncarnation,
        boolean titleChanged,
        @Nullable String currentSymbol,
        Instant changedAt)
        implements StreamEvent {
    @Override
    public EventType type() {
        return EventType.STREAMING_CHANGED;
    }
}
