package io.tradosphere.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import org.jboss.logging.Logger;

/** Maps stripe-java's exceptions to what the caller can do. */
final class StripeErrors {

    private static final Logger LOG = Logger.getLogger(StripeErrors.class);
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    private StripeErrors() {}

    /** A 409 is another request with the same idempotency key, or a lock at Stripe: both pass. */
    static RuntimeException of(StripeException failure) {
        int status = failure.getStatusCode() == null ? 0 : failure.getStatusCode();
        // A PermissionException is an AuthenticationException too.
        boolean keyIsRefused =
                failure instanceof AuthenticationException && !StripeRefused.NOT_CONNECTED.equals(failure.getCode());
        if (keyIsRefused) {
            LOG.errorf("Stripe refuses the key in STRIPE_SECRET_KEY: %s", failure.getMessage());
            return new StripeUnavailable("Stripe refuses this service's key", failure);
        }
        return failure instanceof ApiConnectionException
                        || failure instanceof RateLimitException
                        || status == CONFLICT
                        || status >= SERVER_ERROR
                        || status == 0
                ? new StripeUnavailable(failure.getMessage(), failure)
                : new StripeRefused(status, failure.getCode(), failure.getMessage(), failure);
    }
}
