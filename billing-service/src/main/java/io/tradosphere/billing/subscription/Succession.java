package io.tradosphere.billing.subscription;

import java.time.Instant;

/** What a subscription of Stripe's means for a row that may show another one. */
public enum Succession {
    /** The row follows it. */
    APPLY,
    /** It is over, and the row shows one that lives, or that ended later. */
    IGNORE,
    /** Both seem to live. Which one really does is decided by asking Stripe for both. */
    DUPLICATE;

    /**
     * Decides.
     *
     * @param shown Stripe's id of the subscription that the row shows; null when it shows none
     * @param isLive whether the row is not cancelled
     * @param accessUntil until when the shown one gives access; of one that is over: when it ended
     */
    public static Succession of(String shown, boolean isLive, Instant accessUntil, Standing standing) {
        if (shown == null || shown.equals(standing.stripeId())) {
            return APPLY;
        }
        if (isLive) {
            return standing.isLive() ? DUPLICATE : IGNORE;
        }
        return standing.isLive() || isLater(standing, accessUntil, shown) ? APPLY : IGNORE;
    }

    /** Of two that are over, the row shows the one that ended last, whichever is fetched last. */
    private static boolean isLater(Standing standing, Instant shownUntil, String shown) {
        int later = standing.accessUntil().compareTo(shownUntil);
        return later == 0 ? standing.stripeId().compareTo(shown) > 0 : later > 0;
    }
}
