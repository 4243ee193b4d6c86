package io.tradosphere.billing.subscription;

import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.customer.Customers;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.subscription.SubscriptionRequests.PortalLink;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Commands on subscriptions. Each is done at Stripe first; then the row follows what Stripe says. */
@ApplicationScoped
class Subscriptions {

    private static final String OWN =
            "SELECT status, stripe_subscription_id FROM own_stripe_subscriptions WHERE id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final StripeObjects objects;
    private final Customers customers;
    private final SubscriptionDirectory directory;

    private record Own(String status, String stripeId) {

        boolean hasEnded() {
            return status.equals("cancelled");
        }
    }

    Subscriptions(
            SliceDatabase slice,
            Stripe stripe,
            StripeObjects objects,
            Customers customers,
            SubscriptionDirectory directory) {
        this.slice = slice;
        this.stripe = stripe;
        this.objects = objects;
        this.customers = customers;
        this.directory = directory;
    }

    /**
     * Cancels a subscription of the caller's at its period's end. One that has ended, or will, stays as it is.
     *
     * @throws Problem {@code forbidden} (403) for its creator, {@code not-found} (404)
     */
    Uni<SubscriptionView> cancel(Caller caller, UUID id) {
        return own(caller, id)
                .chain(own -> own.hasEnded() ? Uni.createFrom().voidItem() : end(own, true))
                .chain(() -> directory.find(caller, id));
    }

    /**
     * Takes a cancellation back. A subscription that will not end stays as it is.
     *
     * @throws Problem {@code forbidden} (403) for its creator, {@code not-found} (404), {@code subscription-ended} (409)
     */
    Uni<SubscriptionView> resume(Caller caller, UUID id) {
        return own(caller, id)
                .chain(own -> {
                    if (own.hasEnded()) {
                        throw ProblemKind.SUBSCRIPTION_ENDED.because("Subscribe again, with POST /v1/subscriptions.");
                    }
                    return end(own, false);
                })
                .chain(() -> directory.find(caller, id));
    }

    /**
     * Makes a link to Stripe's portal, where the caller changes their card and sees their invoices.
     *
     * @throws Problem {@code never-paid} (409)
     */
    Uni<PortalLink> portal(Caller caller, String returnUrl) {
        return customers
                .find(caller)
                .map(customer -> customer.orElseThrow(
                        () -> ProblemKind.NEVER_PAID.because("The portal opens after the first checkout.")))
                .chain(customer -> stripe.call(
                        "billing_portal_sessions",
                        // No idempotency key: a link is for one use, so every request needs its own.
                        api -> api.billingPortal()
                                .sessions()
                                .create(SessionCreateParams.builder()
                                        .setCustomer(customer)
                                        .setReturnUrl(returnUrl)
                                        .build())))
                .map(session -> new PortalLink(session.getUrl()));
    }

    private Uni<Own> own(Caller caller, UUID id) {
        return slice.read(caller, OWN, id)
                .map(rows -> Rows.first(
                        rows, row -> new Own(row.getString("status"), row.getString("stripe_subscription_id"))))
                .chain(own -> own.map(found -> Uni.createFrom().item(found))
                        .orElseGet(() -> directory.find(caller, id).map(others -> {
                            throw ProblemKind.FORBIDDEN.because("Only its subscriber may do this.");
                        })));
    }

    /** Saying it twice is as good as once, so the call has no idempotency key: a cancellation may follow a resumption. */
    private Uni<Void> end(Own own, boolean atPeriodEnd) {
        SubscriptionUpdateParams change = SubscriptionUpdateParams.builder()
                .setCancelAtPeriodEnd(atPeriodEnd)
                .build();
        return stripe.call("subscriptions", api -> api.subscriptions().update(own.stripeId(), change))
                .chain(() -> objects.refresh(SubscriptionHandler.OBJECT_TYPE, own.stripeId()))
                .replaceWithVoid();
    }
}
