package io.tradosphere.billing.stripe;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.ProblemKind;
import org.jboss.logging.Logger;

/** Problems of requests that need Stripe. */
public final class StripeProblems {

    private static final Logger LOG = Logger.getLogger(StripeProblems.class);

    private StripeProblems() {}

    /** A request's result, whose failures at Stripe are problems. */
    public static <T> Uni<T> explain(Uni<T> request) {
        return request.onFailure(StripeNotConfigured.class)
                .transform(failure -> ProblemKind.STRIPE_AWAY.because(
                        "This installation has no Stripe account: its operator sets STRIPE_SECRET_KEY."))
                .onFailure(StripeUnavailable.class)
                .transform(failure -> {
                    LOG.warnf("A request failed because of Stripe: %s", failure.getMessage());
                    return ProblemKind.STRIPE_AWAY.because(
                            "Retry shortly; retry a POST with the same Idempotency-Key.");
                })
                .onFailure(StripeRefused.class)
                .transform(failure -> {
                    LOG.warnf("Stripe refused a request: %s", failure.getMessage());
                    String code = ((StripeRefused) failure).code();
                    return ProblemKind.STRIPE_REFUSED.because(
                            "Stripe's reason is " + (code == null ? "not given" : code) + "; change the request.");
                });
    }
}
