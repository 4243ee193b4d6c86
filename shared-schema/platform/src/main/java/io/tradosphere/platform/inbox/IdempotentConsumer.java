package io.tradosphere.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;

/**
 * An event consumer that opens its own transactions, since a batch may be too much work for one. Applying a batch again, whole or
 * in part, must change nothing.
 *
 * @param <E> the events of its topics
 */
public non-sealed interface IdempotentConsumer<E extends Event> extends EventConsumer<E> {

    @Override
    default Dedup dedup() {
        return Dedup.IDEMPOTENT;
    }

    /** Applies the batch in any number of transactions. */
    Uni<Void> apply(Batch<E> batch);
}
