package io.tradosphere.acceptance;

import java.util.Map;

/**
 * A call to Stripe that waits: before Stripe gets it, and then Stripe never does; or when Stripe has done it, and then its
 * answer never comes. The service waits for eight seconds, which is long enough for a kill.
 */
final class StripeHalt implements Halt {

    private final LoneBilling billing;
    private final String method;
    private final String path;
    private final boolean done;
    private int others;

    private StripeHalt(LoneBilling billing, String method, String path, boolean done) {
        this.billing = billing;
        this.method = method;
        this.path = path;
        this.done = done;
    }

    /** Waits before the call leaves; it never does. A star in the path stands for one segment. */
    static StripeHalt before(LoneBilling billing, String method, String path) {
        return new StripeHalt(billing, method, path, false);
    }

    /** Waits when Stripe has done what was asked; the answer never comes. */
    static StripeHalt after(LoneBilling billing, String method, String path) {
        return new StripeHalt(billing, method, path, true);
    }

    @Override
    public void arm() {
        others = billing.stripe().plannedFaults();
        billing.stripe()
                .control(
                        "faults",
                        Map.of(
                                "method",
                                method,
                                "path",
                                path,
                                "hold",
                                true,
                                "when",
                                done ? "after" : "before",
                                "drop",
                                true));
    }

    /** It is reached by whoever takes the fault; those that were planned earlier must have been reached before. */
    @Override
    public boolean isReached() {
        return billing.stripe().plannedFaults() <= others;
    }

    @Override
    public void letGo() {
        billing.stripe().control("faults/release", Map.of());
    }

    @Override
    public String toString() {
        return (done ? "after " : "before ") + method + " " + path;
    }
}
