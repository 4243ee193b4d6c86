package io.tradosphere.billing.subscription;

import com.stripe.model.Invoice;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A handler of invoices: a payment that succeeds or fails changes the subscription, so that is fetched. */
@ApplicationScoped
class InvoiceHandler implements StripeObjectHandler<Invoice> {

    private final Stripe stripe;
    private final StripeObjects objects;

    InvoiceHandler(Stripe stripe, StripeObjects objects) {
        this.stripe = stripe;
        this.objects = objects;
    }

    @Override
    public String objectType() {
        return "invoice";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(
                "invoice.paid",
                "invoice.payment_failed",
                "invoice.payment_action_required",
                "invoice.voided",
                "invoice.marked_uncollectible");
    }

    @Override
    public Uni<Invoice> fetch(String id) {
        return stripe.call("invoices", api -> api.invoices().retrieve(id));
    }

    @Override
    public Uni<Void> apply(Tx tx, Invoice fetched) {
        boolean ofSubscription =
                fetched.getParent() != null && fetched.getParent().getSubscriptionDetails() != null;
        return ofSubscription
                ? objects.request(
                                tx,
                                SubscriptionHandler.OBJECT_TYPE,
                                fetched.getParent().getSubscriptionDetails().getSubscription())
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
