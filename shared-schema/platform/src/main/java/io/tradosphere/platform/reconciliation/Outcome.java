package io.tradosphere.platform.reconciliation;

import java.util.List;

/**
 * The result of a reconciliation.
 *
 * @param rows how many rows were compared
 * @param drift how many of them differ
 * @param repaired how many of those were repaired
 * @param shown the first differing rows
 */
public record Outcome(long rows, long drift, long repaired, List<Drift> shown) {

    /** How many differing rows are kept. */
    public static final int MAX_SHOWN = 20;

    /** Keeps the first 20 differing rows. */
    public Outcome {
        shown = shown.stream().limit(MAX_SHOWN).toList();
    }

    /**
     * A row that differs.
     *
     * @param id the row's id or key
     * @param difference stored and correct values, such as {@code follower_count is 7, should be 2}
     */
    public record Drift(String id, String difference) {}
}
