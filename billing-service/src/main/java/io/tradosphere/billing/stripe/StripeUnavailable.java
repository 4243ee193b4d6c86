package io.tradosphere.billing.stripe;

/** Stripe could not be asked, or its answer is unknown. The same call may succeed later. */
public sealed class StripeUnavailable extends RuntimeException permits StripeNotConfigured {

    private static final long serialVersionUID = 1L;

    StripeUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
