package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** How people take a signal. */
public sealed interface EngagementEvent extends Event
        permits SignalReacted, ReactionRemoved, SignalCommented, CommentRemoved, SignalViewed {
    /** The signal. */
    UUID signalId();

    /** Who posted the signal. */
    UUID creatorId();

    /** The incarnation of the creator's id. */
    long creatorIncarnation();

    @Override
    default String key() {
        return signalId().toString();
    }
}
