package io.tradosphere.billing.stripe;

/** This installation has no key of Stripe's. Calls succeed once its operator sets one. */
public final class StripeNotConfigured extends StripeUnavailable {

    private static final long serialVersionUID = 1L;

    StripeNotConfigured() {
        super("STRIPE_SECRET_KEY is not set", null);
    }
}
