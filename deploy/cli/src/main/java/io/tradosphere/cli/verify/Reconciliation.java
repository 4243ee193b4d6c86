package io.tradosphere.cli.verify;

import io.tradosphere.cli.suite.Endpoints;
import java.util.List;

/** Compares one denormalised count with its truth, on a running suite. */
public interface Reconciliation {

    /** The count's name, such as {@code profiles.follower_count}. */
    String name();

    /**
     * Compares every row, and waits out what is still under way: only a difference that outlasts it counts.
     *
     * @param endpoints the running suite
     * @param repair whether drift is mended
     */
    Outcome run(Endpoints endpoints, boolean repair);

    /**
     * What was found.
     *
     * @param rows how many rows were compared
     * @param drift how many of them were wrong
     * @param repaired how many of those were mended
     * @param shown some of those that were wrong, in words; never more than {@link #SHOWN}
     */
    record Outcome(long rows, long drift, long repaired, List<Drift> shown) {

        /** How many drifted rows an outcome shows at most. */
        public static final int SHOWN = 20;

        /** Keeps its own copy. */
        public Outcome {
            shown = List.copyOf(shown);
        }
    }

    /**
     * A row that is wrong.
     *
     * @param id the row's
     * @param difference what it says and what it should, such as {@code follower_count is 7, should be 2}
     */
    record Drift(String id, String difference) {}
}
