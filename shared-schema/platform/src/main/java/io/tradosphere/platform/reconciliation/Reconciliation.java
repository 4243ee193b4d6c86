package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** A comparison of stored values with what they are derived from, and the repair of those that differ. */
public interface Reconciliation {

    /** The name that {@code verify} shows: table and columns, without the slice. */
    String name();

    /** The derived columns that it compares, each as {@code table.column}. */
    Set<String> columns();

    /**
     * Compares every row. Events in flight are waited for, so only lasting differences are drift.
     *
     * @param repair whether drift is repaired
     */
    Uni<Outcome> run(Reconciler reconciler, boolean repair);
}
