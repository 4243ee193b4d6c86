package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Tx;
import java.util.List;

/** The owner's side of replicas: the rows as a replica must have them, and their repeated publication. */
public interface ReplicaSource {

    /** The name by which other services ask for it, such as {@code follows}. */
    String dataset();

    /** The topic that feeds the replicas. */
    Topic topic();

    /**
     * SQL that returns each row's {@code key} (text that begins with a UUID), {@code state} (jsonb) and {@code mark}: text that
     * differs after each change. A UUID column in braces stands for the condition that it begins one of the requested keys.
     */
    String rows();

    /** Statements that prevent changes of these rows until the transaction ends; they have braces like {@link #rows}. */
    default List<String> locks() {
        return List.of();
    }

    /** Publishes the present state of these keys again. A key without a row is published as ended. */
    Uni<Void> republish(Tx tx, List<String> keys);
}
