package io.tradosphere.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Tx;
import java.util.Set;

/**
 * What a slice does on account of events; a bean of this type is all it takes to consume a topic. It runs in a consumer group
 * of its own, in batches, one transaction a batch; the offset is committed after the transaction, so a batch may come
 * twice, whole or in part.
 */
public interface Effect<E extends Event> {

    /** How an effect is kept from happening twice. */
    enum Once {
        /** By the event's id, recorded with the effect. For topics whose records expire. */
        BY_INBOX,
        /** By the effect itself, which applies only a higher sequence than it knows. Needed for compacted topics. */
        BY_SEQUENCE
    }

    /** What the group is for, such as {@code follower-counts}; the group's id is {@code <service>.<purpose>}. */
    String purpose();

    /** The topics it reads. All of them carry events of {@code E}. */
    Set<Topic> topics();

    /** How it is kept from happening twice. */
    Once once();

    /**
     * Work that is too large for one transaction; done before {@link #apply} and in transactions of its own, so doing it again
     * must change nothing.
     */
    default Uni<Void> prepare(Batch<E> batch) {
        return Uni.createFrom().voidItem();
    }

    /** Applies the batch within the transaction; by inbox, the batch holds only events never applied before. */
    Uni<Void> apply(Tx tx, Batch<E> batch);
}
