package io.tradosphere.contracts.streaming;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to a live stream. */
public sealed interface StreamEvent extends Event permits StreamStarted, StreamChanged, StreamEnded {
    /** The stream. */
    UUID streamId();

    /** Who streams. */
    UUID creatorId();

    /** The incarnation of the creator's id. */
    long creatorIncarnation();

    @Override
    default String subject() {
        return streamId().toString();
    }

    @Override
    default String key() {
        return streamId().toString();
    }
}
