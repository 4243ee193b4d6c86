package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A task at Stripe: cancels and refunds a second subscription beside a live one, as after two checkouts in two tabs.
 * Every step may be repeated.
 */
@ApplicationScoped
public class DuplicateSubscription implements StripeTaskHandler {

    /** The kind of the task: the other id is that of the subscription to keep. */
    public static final String KIND = "cancel-duplicate-subscription";

    private final Stripe stripe;
    private final StripeObjects objects;
    private final CancelSubscription subscriptions;
    private final Refunds refunds;

    DuplicateSubscription(Stripe stripe, StripeObjects objects, CancelSubscription subscriptions, Refunds refunds) {
        this.stripe = stripe;
        this.objects = objects;
        this.subscriptions = subscriptions;
        this.refunds = refunds;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The subscription to keep may have ended meanwhile, and only its events are late: then the other one takes its place. */
    @Override
    public Uni<Void> run(String duplicate, String kept) {
        return stripe.call("subscriptions", api -> api.subscriptions().retrieve(kept))
                .chain(found -> CancelSubscription.isOver(found)
                        ? refresh(kept).chain(() -> refresh(duplicate))
                        : subscriptions.cancel(duplicate).chain(() -> refunds.ofSubscription(duplicate, "duplicate")));
    }

    /** A task that ended before would leave the row without its subscription. */
    private Uni<Void> refresh(String subscription) {
        return objects.refresh(SubscriptionHandler.OBJECT_TYPE, subscription).map(applied -> {
            if (!applied) {
                throw new IllegalStateException(subscription + " is not applied yet");
            }
            return null;
        });
    }
}
