package io.tradosphere.platform.reconciliation;

import java.util.List;

/** How a replica's wrong rows are repaired. */
public sealed interface ReplicaRepair {

    /**
     * The source publishes the rows again, and the consumer applies them. For replicas where the highest sequence wins.
     *
     * @param forget SQL that makes the rows of the keys {@code $1} (text[]) accept the next event, whatever its sequence
     */
    record Republish(String forget) implements ReplicaRepair {}

    /**
     * The rows are set from the source's, which is locked meanwhile. For replicas that count events.
     *
     * @param statements take the keys {@code $1} (text[]) and their correct states {@code $2} (text[] of JSON; null when the key
     *     has no row)
     */
    record Apply(List<String> statements) implements ReplicaRepair {}
}
