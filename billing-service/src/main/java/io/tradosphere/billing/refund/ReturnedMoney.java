package io.tradosphere.billing.refund;

import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.StripeCollection;
import com.stripe.param.InvoicePaymentListParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.subscription.CreatorSubscriptions;
import io.tradosphere.platform.db.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A refund or a dispute, with the subscription that was paid for.
 *
 * @param kind refund or dispute
 * @param subscription null when it was paid for something else
 * @param status Stripe's own word
 * @param reason Stripe's own word; null when there is none
 */
record ReturnedMoney(
        String stripeId,
        String kind,
        UUID subscription,
        Money amount,
        String status,
        String reason,
        Instant occurredAt) {

    /** It may be known here before its subscription is. */
    private static final String STORE = """
            INSERT INTO refunds (stripe_id, kind, subscription_id, amount, currency, status, reason, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (stripe_id) DO UPDATE SET kind = EXCLUDED.kind,
              subscription_id = coalesce(EXCLUDED.subscription_id, refunds.subscription_id), amount = EXCLUDED.amount,
              currency = EXCLUDED.currency, status = EXCLUDED.status, reason = EXCLUDED.reason,
              occurred_at = EXCLUDED.occurred_at
            """;

    /** Finds the subscription's row that a payment was for: its invoice has the subscription's metadata. */
    static Uni<Optional<UUID>> subscriptionOf(Stripe stripe, String paymentIntent) {
        if (paymentIntent == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        InvoicePaymentListParams ofIntent = InvoicePaymentListParams.builder()
                .setPayment(InvoicePaymentListParams.Payment.builder()
                        .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                        .setPaymentIntent(paymentIntent)
                        .build())
                .build();
        return stripe.call("invoice_payments", api -> api.invoicePayments().list(ofIntent))
                .map(StripeCollection::getData)
                .chain(payments -> payments.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : subscriptionOf(stripe, payments.get(0)));
    }

    private static Uni<Optional<UUID>> subscriptionOf(Stripe stripe, InvoicePayment payment) {
        return stripe.call("invoices", api -> api.invoices().retrieve(payment.getInvoice()))
                .chain(invoice -> {
                    String subscription = subscription(invoice);
                    return subscription == null
                            ? Uni.createFrom().item(Optional.empty())
                            : stripe.call(
                                            "subscriptions",
                                            api -> api.subscriptions().retrieve(subscription))
                                    .map(found -> row(found.getMetadata()));
                });
    }

    private static String subscription(Invoice invoice) {
        return invoice.getParent() == null || invoice.getParent().getSubscriptionDetails() == null
                ? null
                : invoice.getParent().getSubscriptionDetails().getSubscription();
    }

    private static Optional<UUID> row(Map<String, String> metadata) {
        return Optional.ofNullable(metadata)
                .map(known -> known.get(CreatorSubscriptions.METADATA))
                .map(UUID::fromString);
    }

    /** Stores what Stripe says now. */
    Uni<Void> store(Tx tx) {
        return tx.execute(
                        STORE,
                        stripeId,
                        kind,
                        subscription,
                        amount.decimal(),
                        amount.currency().code(),
                        status,
                        reason,
                        occurredAt.atOffset(ZoneOffset.UTC))
                .replaceWithVoid();
    }
}
