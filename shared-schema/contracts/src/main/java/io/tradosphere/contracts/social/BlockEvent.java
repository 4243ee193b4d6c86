package io.tradosphere.contracts.social;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who blocked whom; the latest event of a key says whether the block stands. */
public sealed interface BlockEvent extends Event permits Blocked, Unblocked {
    /** Who blocks, or did. */
    UUID blockerId();

    /** The incarnation of the blocker's id. */
    long blockerIncarnation();

    /** Who is blocked, or was. */
    UUID blockedId();

    /** The incarnation of the blocked person's id. */
    long blockedIncarnation();

    @Override
    default String subject() {
        return key();
    }

    @Override
    default String key() {
        return blockerId() + ":" + blockedId();
    }
}
