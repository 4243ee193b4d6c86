package io.tradosphere.platform.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import java.util.List;

/**
 * A replica of a compacted topic: a consumer that keeps the latest state of each key. The topic alone can rebuild it. Of each key the
 * event with the highest sequence counts. So a repeated, late or replayed event changes nothing. The table's declaration gives the
 * statements, the expiry and the erasure.
 *
 * @param <E> the events of the topic
 */
public interface Replica<E extends Event> extends TransactionalConsumer<E>, FeatureErasure {

    /** The table, as declared. */
    ReplicaTable<E> table();

    @Override
    default Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    /** Tombstones are left out: they only let compaction drop the event before them. */
    @Override
    default Uni<Void> apply(Tx tx, Batch<E> batch) {
        List<Delivery<E>> latest = batch.latestEventPerKey();
        return latest.isEmpty()
                ? Uni.createFrom().voidItem()
                : table().lock(tx)
                        .chain(() -> beforeChange(tx, latest))
                        .chain(() -> table().apply(tx, latest))
                        .chain(() -> afterChange(tx, latest));
    }

    /**
     * Hook for the locks that the service takes first.
     *
     * @param latest the event with the highest sequence of each key
     */
    default Uni<Void> beforeChange(Tx tx, List<Delivery<E>> latest) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Hook for what the service derives from the replica, such as counters.
     *
     * @param latest the event with the highest sequence of each key; some may have been known already
     */
    default Uni<Void> afterChange(Tx tx, List<Delivery<E>> latest) {
        return Uni.createFrom().voidItem();
    }

    @Override
    default List<ErasureStep> steps() {
        return table().erasure();
    }
}
