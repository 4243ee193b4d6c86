package io.tradosphere.billing.subscription;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.SubscriptionRetrieveParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.billing.sync.StripeTaskHandler;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A task at Stripe: cancels a subscription at once because its creator has blocked its subscriber, and refunds the part of the
 * period that is left. A block that was taken back meanwhile ends nothing.
 */
@ApplicationScoped
class EndBlockedSubscription implements StripeTaskHandler {

    static final String KIND = "end-blocked-subscription";

    private static final String IS_BLOCKED = """
            SELECT FROM subscriptions s JOIN blocks b ON b.blocker_id = s.creator_id AND b.blocked_id = s.subscriber_id
            WHERE s.stripe_subscription_id = $1 AND b.is_blocking
            """;

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final StripeObjects objects;
    private final CancelSubscription subscriptions;
    private final Refunds refunds;

    EndBlockedSubscription(
            SliceDatabase slice,
            Stripe stripe,
            StripeObjects objects,
            CancelSubscription subscriptions,
            Refunds refunds) {
        this.slice = slice;
        this.stripe = stripe;
        this.objects = objects;
        this.subscriptions = subscriptions;
        this.refunds = refunds;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> run(String subscription, String nothing) {
        return slice.asWorker(IS_BLOCKED, subscription)
                .chain(blocked -> blocked.size() == 0
                        ? Uni.createFrom().voidItem()
                        : subscriptions
                                .cancel(subscription)
                                .chain(() -> refundRest(subscription))
                                .chain(() -> objects.refresh(SubscriptionHandler.OBJECT_TYPE, subscription))
                                .replaceWithVoid());
    }

    /** The end is Stripe's, so a repeated task asks for the same amount. */
    private Uni<Void> refundRest(String subscription) {
        SubscriptionRetrieveParams withInvoice =
                SubscriptionRetrieveParams.builder().addExpand("latest_invoice").build();
        return stripe.call("subscriptions", api -> api.subscriptions().retrieve(subscription, withInvoice))
                .chain(ended -> {
                    Invoice invoice = ended.getLatestInvoiceObject();
                    return invoice == null || !"paid".equals(invoice.getStatus()) || ended.getEndedAt() == null
                            ? Uni.createFrom().voidItem()
                            : refunds.ofInvoice(invoice.getId(), paid -> left(ended, paid), KIND);
                });
    }

    /** The part of an amount that is for the time after the subscription's end. */
    private static long left(Subscription ended, long paid) {
        SubscriptionItem item = ended.getItems().getData().get(0);
        long whole = item.getCurrentPeriodEnd() - item.getCurrentPeriodStart();
        long left =
                Math.max(0, item.getCurrentPeriodEnd() - Math.max(ended.getEndedAt(), item.getCurrentPeriodStart()));
        return BigDecimal.valueOf(paid)
                .multiply(BigDecimal.valueOf(left))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
