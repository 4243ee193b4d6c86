package io.tradosphere.billing.sync;

import io.tradosphere.platform.reconciliation.Differences;
import java.util.Optional;

/**
 * A row compared with what Stripe has.
 *
 * @param id the row's id in its {@link StripeMirror}
 * @param isSettled false when something newer than what was compared is applied, or is about to be
 * @param isRefused whether what Stripe has cannot be applied here
 * @param difference stored and correct values; null when there is none
 */
public record Comparison(String id, boolean isSettled, boolean isRefused, String difference) {

    /**
     * Compares two states.
     *
     * @param actual the stored state as JSON; empty when there is no row
     * @param expected what Stripe's object makes of it; empty when Stripe has no such object
     */
    public static Comparison of(String id, Optional<String> actual, Optional<String> expected) {
        return new Comparison(
                id,
                true,
                false,
                actual.equals(expected) ? null : Differences.describe(actual.orElse(null), expected.orElse(null)));
    }

    /** Nothing can be said yet. */
    static Comparison unsettled(String id) {
        return new Comparison(id, false, false, null);
    }

    /** What Stripe has cannot be applied here. */
    static Comparison refused(String id, String reason) {
        return new Comparison(id, true, true, "cannot be applied: " + reason);
    }

    boolean isSame() {
        return isSettled && difference == null;
    }
}
