package io.tradosphere.cli.verify;

import io.tradosphere.stack.Slice;
import java.util.Set;

/**
 * A reconciliation that a service offers.
 *
 * @param slice the service's slice
 * @param name such as {@code profile.profile_stats.follower_count}
 * @param columns the derived columns that it compares, each as {@code table.column}
 */
public record Reconciliation(Slice slice, String name, Set<String> columns) {

    /** Copies the set. */
    public Reconciliation {
        columns = Set.copyOf(columns);
    }
}
