package io.tradosphere.billing.subscription;

import com.stripe.model.checkout.Session;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A handler of Checkout Sessions: a completed one has made a subscription, so that is fetched. */
@ApplicationScoped
class CheckoutSessionHandler implements StripeObjectHandler<Session> {

    private final Stripe stripe;
    private final StripeObjects objects;

    CheckoutSessionHandler(Stripe stripe, StripeObjects objects) {
        this.stripe = stripe;
        this.objects = objects;
    }

    @Override
    public String objectType() {
        return "checkout.session";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(
                "checkout.session.completed",
                "checkout.session.async_payment_succeeded",
                "checkout.session.async_payment_failed");
    }

    @Override
    public Uni<Session> fetch(String id) {
        return stripe.call("checkout_sessions", api -> api.checkout().sessions().retrieve(id));
    }

    @Override
    public Uni<Void> apply(Tx tx, Session fetched) {
        return fetched.getSubscription() == null
                ? Uni.createFrom().voidItem()
                : objects.request(tx, SubscriptionHandler.OBJECT_TYPE, fetched.getSubscription())
                        .replaceWithVoid();
    }
}
