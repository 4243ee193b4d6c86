package io.tradosphere.billing.subscription;

import com.stripe.model.Charge;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Refunds at Stripe. The creator gives back what was transferred, and the platform its fee. Every refund may be repeated:
 * Stripe's idempotency keys end after a day, so Stripe's list is looked at first.
 */
@ApplicationScoped
class Refunds {

    private static final long MOST_INVOICES = 100;
    private static final long MOST_REFUNDS = 100;

    /** The key in the metadata of a refund that says why it was made. */
    private static final String REASON = "tradosphere_reason";

    private final Stripe stripe;

    /**
     * A payment of an invoice.
     *
     * @param intent Stripe's id of the payment intent
     * @param amount what was paid, in Stripe's units
     */
    private record Payment(String intent, long amount) {}

    Refunds(Stripe stripe) {
        this.stripe = stripe;
    }

    /**
     * Refunds whatever was paid for a subscription.
     *
     * @param reason why, as part of Stripe's idempotency key
     */
    Uni<Void> ofSubscription(String subscription, String reason) {
        InvoiceListParams paid = InvoiceListParams.builder()
                .setSubscription(subscription)
                .setStatus(InvoiceListParams.Status.PAID)
                .setLimit(MOST_INVOICES)
                .build();
        return stripe.call("invoices", api -> api.invoices().list(paid).getData())
                .chain(invoices -> Multi.createFrom()
                        .iterable(invoices)
                        .onItem()
                        .transformToUniAndConcatenate(invoice -> ofInvoice(invoice.getId(), whole -> whole, reason))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    /**
     * Refunds what was paid for an invoice, or a part of it.
     *
     * @param part the part of a paid amount to refund, in Stripe's units; of one payment always the same
     * @param reason why, as part of Stripe's idempotency key
     */
    Uni<Void> ofInvoice(String invoice, LongUnaryOperator part, String reason) {
        InvoicePaymentListParams ofInvoice =
                InvoicePaymentListParams.builder().setInvoice(invoice).build();
        return stripe.call(
                        "invoice_payments",
                        api -> api.invoicePayments().list(ofInvoice).getData())
                .map(payments -> payments.stream()
                        .filter(payment -> "paid".equals(payment.getStatus())
                                && payment.getPayment().getPaymentIntent() != null)
                        .map(Refunds::payment)
                        .toList())
                .chain(payments -> refundAll(payments, part, reason));
    }

    private Uni<Void> refundAll(List<Payment> payments, LongUnaryOperator part, String reason) {
        return Multi.createFrom()
                .iterable(payments)
                .onItem()
                .transformToUniAndConcatenate(payment -> refund(payment, part.applyAsLong(payment.amount()), reason))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> refund(Payment payment, long amount, String reason) {
        return amount == 0
                ? Uni.createFrom().voidItem()
                : isMade(payment, reason)
                        .chain(made -> made ? Uni.createFrom().voidItem() : make(payment, amount, reason));
    }

    /** Whether an earlier attempt made it, whose answer got lost. */
    private Uni<Boolean> isMade(Payment payment, String reason) {
        RefundListParams ofPayment = RefundListParams.builder()
                .setPaymentIntent(payment.intent())
                .setLimit(MOST_REFUNDS)
                .build();
        return stripe.call("refunds", api -> api.refunds().list(ofPayment))
                .map(found -> found.getData().stream()
                        .anyMatch(refund -> refund.getMetadata() != null
                                && reason.equals(refund.getMetadata().get(REASON))));
    }

    private Uni<Void> make(Payment payment, long amount, String reason) {
        PaymentIntentRetrieveParams withCharge =
                PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return stripe.call("payment_intents", api -> api.paymentIntents().retrieve(payment.intent(), withCharge))
                .chain(intent -> make(intent, Math.min(amount, left(intent.getLatestChargeObject())), reason));
    }

    private Uni<Void> make(PaymentIntent intent, long amount, String reason) {
        return amount == 0
                ? Uni.createFrom().voidItem()
                : stripe.call(
                                "refunds",
                                api -> api.refunds()
                                        .create(
                                                request(intent, amount, reason),
                                                Stripe.once("refund", reason, intent.getId(), String.valueOf(amount))))
                        .replaceWithVoid();
    }

    /** What has not gone back yet. Stripe refuses more, and refuses any refund of a disputed charge. */
    private static long left(Charge charge) {
        return Boolean.TRUE.equals(charge.getDisputed()) ? 0 : charge.getAmount() - charge.getAmountRefunded();
    }

    /** Stripe refuses to reverse a transfer or a fee that there is none of, as of a tier. */
    private static RefundCreateParams request(PaymentIntent intent, long amount, String reason) {
        RefundCreateParams.Builder refund = RefundCreateParams.builder()
                .setPaymentIntent(intent.getId())
                .setAmount(amount)
                .putMetadata(REASON, reason);
        if (intent.getTransferData() != null) {
            refund.setReverseTransfer(true);
        }
        if (intent.getApplicationFeeAmount() != null && intent.getApplicationFeeAmount() > 0) {
            refund.setRefundApplicationFee(true);
        }
        return refund.build();
    }

    private static Payment payment(InvoicePayment payment) {
        return new Payment(payment.getPayment().getPaymentIntent(), payment.getAmountPaid());
    }
}
