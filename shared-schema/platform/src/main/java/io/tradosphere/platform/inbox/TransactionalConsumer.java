package io.tradosphere.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Tx;

/**
 * An event consumer whose batch is applied in one transaction.
 *
 * @param <E> the events of its topics
 */
public non-sealed interface TransactionalConsumer<E extends Event> extends EventConsumer<E> {

    /**
     * Applies the batch within the transaction.
     *
     * @param batch the deliveries; with {@link Dedup#INBOX} only those not applied before
     */
    Uni<Void> apply(Tx tx, Batch<E> batch);
}
