package io.tradosphere.platform.reconciliation;

import java.util.List;

/** A feature whose derived values can be reconciled. Beans of this type declare what a service reconciles. */
public interface Reconciled {

    /** The reconciliations of this service's own tables, in the order in which they must run. */
    default List<Reconciliation> reconciliations() {
        return List.of();
    }

    /** The tables of which other services keep replicas. */
    default List<ReplicaSource> sources() {
        return List.of();
    }
}
