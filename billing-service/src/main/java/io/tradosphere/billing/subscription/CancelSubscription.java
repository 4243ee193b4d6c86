package io.tradosphere.billing.subscription;

import com.stripe.model.Subscription;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A task at Stripe: cancels a subscription at once, as that of an erased person. */
@ApplicationScoped
class CancelSubscription implements StripeTaskHandler {

    static final String KIND = "cancel-subscription";

    private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

    private final Stripe stripe;

    CancelSubscription(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> run(String subscription, String nothing) {
        return cancel(subscription);
    }

    /** Cancels it, unless it is over or does not exist. */
    Uni<Void> cancel(String subscription) {
        return stripe.call("subscriptions", api -> api.subscriptions().retrieve(subscription))
                .chain(found -> isOver(found)
                        ? Uni.createFrom().voidItem()
                        : stripe.call(
                                        "subscriptions",
                                        api -> api.subscriptions().cancel(subscription))
                                .replaceWithVoid())
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithNull();
    }

    /** Whether it can never become active again. */
    static boolean isOver(Subscription subscription) {
        return OVER.contains(subscription.getStatus());
    }
}
