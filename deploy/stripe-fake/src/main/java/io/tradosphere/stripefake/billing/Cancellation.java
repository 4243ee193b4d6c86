package io.tradosphere.stripefake.billing;

import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** The time at which a subscription is to end, and taking that back. */
public final class Cancellation {

    private final World world;
    private final SubscriptionLife life;
    private final SubscriptionItems items;

    Cancellation(World world, SubscriptionLife life, SubscriptionItems items) {
        this.world = world;
        this.life = life;
        this.items = items;
    }

    /** Applies {@code cancel_at_period_end} and {@code cancel_at}. */
    void apply(Resource subscription, Params params) {
        long now = subscription.clock().now();
        if (params.has("cancel_at_period_end") && params.hasValue("cancel_at")) {
            throw StripeError.invalid(
                    null,
                    "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
                    "cancel_at");
        }
        if (params.hasValue("cancel_at_period_end") || params.has("cancel_at")) {
            boolean atEnd = params.is("cancel_at_period_end");
            Long at = atEnd ? Long.valueOf(items.periodEnd(subscription)) : params.number("cancel_at");
            if (at != null && at <= now) {
                throw StripeError.invalid(null, "The cancel_at timestamp must be in the future.", "cancel_at");
            }
            subscription
                    .set("cancel_at_period_end", atEnd)
                    .set("cancel_at", at)
                    .set("canceled_at", at == null ? null : now)
                    .set("cancellation_details.reason", at == null ? null : "cancellation_requested");
        }
    }

    /** Lets a subscription end with its period, or takes that back; what the portal offers. */
    public void atPeriodEnd(Resource subscription, boolean end) {
        world.change(
                subscription,
                "customer.subscription.updated",
                it -> apply(it, new Params(Json.object("cancel_at_period_end", end))));
        life.watch(subscription);
    }
}
