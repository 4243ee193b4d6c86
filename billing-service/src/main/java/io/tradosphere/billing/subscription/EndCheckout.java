package io.tradosphere.billing.subscription;

import com.stripe.model.checkout.Session;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** A task at Stripe: ends a checkout of an erased person. One that was paid meanwhile has its subscription cancelled. */
@ApplicationScoped
class EndCheckout implements StripeTaskHandler {

    static final String KIND = "end-checkout";

    private final Stripe stripe;
    private final CancelSubscription subscriptions;

    EndCheckout(Stripe stripe, CancelSubscription subscriptions) {
        this.stripe = stripe;
        this.subscriptions = subscriptions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> run(String session, String nothing) {
        return fetch(session)
                .chain(found -> "open".equals(found.getStatus())
                        ? stripe.call(
                                        "checkout_sessions",
                                        api -> api.checkout().sessions().expire(session))
                                // It was paid in this moment.
                                .onFailure(StripeRefused.class)
                                .recoverWithUni(() -> fetch(session))
                        : Uni.createFrom().item(found))
                .chain(ended -> ended.getSubscription() == null
                        ? Uni.createFrom().voidItem()
                        : subscriptions.cancel(ended.getSubscription()))
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithNull();
    }

    private Uni<Session> fetch(String session) {
        return stripe.call("checkout_sessions", api -> api.checkout().sessions().retrieve(session));
    }
}
