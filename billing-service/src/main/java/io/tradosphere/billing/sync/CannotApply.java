package io.tradosphere.billing.sync;

/** What Stripe says cannot be true here. The object is parked with this message until an operator retries it. */
public final class CannotApply extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what an operator has to look at */
    public CannotApply(String reason) {
        super(reason);
    }
}
