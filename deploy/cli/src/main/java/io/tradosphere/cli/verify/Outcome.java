package io.tradosphere.cli.verify;

import java.util.List;

/**
 * The result of a reconciliation, as a service reports it.
 *
 * @param rows how many rows were compared
 * @param drift how many of them were wrong
 * @param repaired how many of those were repaired
 * @param shown the first wrong rows
 */
public record Outcome(long rows, long drift, long repaired, List<Drift> shown) {

    /** Copies the list. */
    public Outcome {
        shown = List.copyOf(shown);
    }

    /**
     * A wrong row.
     *
     * @param id the row's id or key
     * @param difference the actual and the expected value, such as {@code follower_count is 7, should be 2}
     */
    public record Drift(String id, String difference) {}
}
