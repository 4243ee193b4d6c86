package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to a signal. Those of one creator keep their order. */
public sealed interface SignalEvent extends Event permits SignalPosted, SignalEdited, SignalResolved, SignalDeleted {
    /** The signal. */
    UUID signalId();

    /** Who posted the signal. */
    UUID creatorId();

    /** The incarnation of the creator's id. */
    long creatorIncarnation();

    @Override
    default String subject() {
        return signalId().toString();
    }

    @Override
    default String key() {
        return creatorId().toString();
    }
}
