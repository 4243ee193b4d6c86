package io.tradosphere.platform.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.inbox.Delivery;
import java.util.List;

/**
 * The table of a replica, as declared.
 *
 * @param <E> the events of the topic
 */
public interface ReplicaTable<E extends Event> {

    /** Takes the lock that erasure waits for, before any other lock. None by default. */
    default Uni<Void> lock(Tx tx) {
        return Uni.createFrom().voidItem();
    }

    /** Stores the states that are newer than the stored ones. The list has at most one event a key, and is not empty. */
    Uni<Void> apply(Tx tx, List<Delivery<E>> latest);

    /** The steps that erase a person from the table. */
    List<ErasureStep> erasure();

    /** Statements without arguments that delete rows nobody needs any more. */
    List<String> expiry();
}
