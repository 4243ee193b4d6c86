package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.payment.Charging;
import io.tradosphere.stripefake.payment.PaymentIntents;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Collects finalized invoices: the payment, its retries, and what an invoice becomes in the end. */
final class Collecting {

    /** Is told what became of an invoice. */
    interface Listener {
        /** It is paid. */
        void paid(Resource invoice);

        /** An attempt failed; the last one when nothing is tried any more. */
        void failed(Resource invoice, boolean last);
    }

    private static final String PAYMENT = "invoice_payment";

    private final World world;
    private final Charging charging;
    private Listener listener;

    Collecting(World world, Charging charging) {
        this.world = world;
        this.charging = charging;
        charging.onPaid(intent -> {
            Resource invoice = intent.note("invoice");
            if (invoice != null && invoice.hasStatus("open", "uncollectible")) {
                paid(invoice);
            }
        });
    }

    /** Says who is told. */
    void listen(Listener told) {
        listener = told;
    }

    /** Gives a finalized invoice its payment intent, if anything is due. */
    void prepare(Resource invoice) {
        long due = invoice.number("amount_due");
        if (due == 0) {
            return;
        }
        Resource customer =
                world.store().find("customer", invoice.text("customer")).orElseThrow();
        Resource intent = PaymentIntents.make(
                world,
                invoice.account(),
                invoice.clock(),
                due,
                invoice.text("currency"),
                customer,
                new Params(details(invoice, due)));
        intent.note("invoice", invoice);
        Resource payment = world.add(
                invoice.account(),
                invoice.clock(),
                Json.document()
                        .with("id", world.ids().next("inpay_1"))
                        .with("object", PAYMENT)
                        .with("amount_paid", null)
                        .with("amount_requested", due)
                        .with("created", invoice.clock().now())
                        .with("currency", invoice.text("currency"))
                        .with("invoice", invoice)
                        .with("is_default", true)
                        .with("livemode", false)
                        .with("payment", Json.object("payment_intent", intent, "type", "payment_intent"))
                        .with("status", "open")
                        .with("status_transitions", Json.object("canceled_at", null, "paid_at", null))
                        .json());
        invoice.note("intent", intent).note("payment", payment);
        world.emit(intent, "payment_intent.created");
    }

    /** Collects an invoice as Stripe does by itself, unless it is sent to the customer. */
    void automatic(Resource invoice) {
        if (invoice.hasStatus("open") && !"send_invoice".equals(invoice.text("collection_method"))) {
            boolean first = "subscription_create".equals(invoice.text("billing_reason"));
            collect(invoice, method(invoice), !first);
        }
    }

    /**
     * Tries to collect an open invoice.
     *
     * @param method what to charge; null: there is nothing, which fails
     * @param again whether it is tried again when it fails
     * @return whether it is paid
     */
    boolean collect(Resource invoice, Resource method, boolean again) {
        Resource intent = invoice.note("intent");
        invoice.add("attempt_count", 1).set("attempted", true);
        if (method != null && charging.charge(intent, method, false)) {
            return true;
        }
        if (!invoice.hasStatus("open", "uncollectible")) {
            return false;
        }
        boolean last = again && !retry(invoice);
        if (intent.hasStatus("requires_action")) {
            world.emit(invoice, "invoice.payment_action_required");
        }
        world.emit(invoice, "invoice.payment_failed");
        listener.failed(invoice, last);
        return false;
    }

    /** An invoice is paid: by its payment intent, or because nothing is due. */
    void paid(Resource invoice) {
        long now = invoice.clock().now();
        invoice.clock().cancel(invoice.id() + ":retry");
        invoice.set("status", "paid")
                .set("attempted", true)
                .set("auto_advance", false)
                .set("amount_paid", invoice.number("amount_due"))
                .set("amount_remaining", 0)
                .set("next_payment_attempt", null)
                .set("status_transitions.paid_at", now);
        Resource payment = invoice.note("payment");
        if (payment != null) {
            payment.set("status", "paid")
                    .set("amount_paid", invoice.number("amount_due"))
                    .set("status_transitions.paid_at", now);
            world.emit(payment, "invoice_payment.paid");
        }
        world.emit(invoice, "invoice.paid");
        world.emit(invoice, "invoice.payment_succeeded");
        listener.paid(invoice);
    }

    /** Voids an invoice. */
    void voided(Resource invoice) {
        stop(invoice, "void", "voided_at");
        Resource intent = invoice.note("intent");
        if (intent != null && !intent.hasStatus("succeeded", "canceled")) {
            world.change(
                    intent,
                    "payment_intent.canceled",
                    it -> it.set("status", "canceled")
                            .set("canceled_at", it.clock().now())
                            .set("cancellation_reason", "void_invoice"));
        }
        world.emit(invoice, "invoice.voided");
    }

    /** Writes an invoice off. */
    void uncollectible(Resource invoice) {
        stop(invoice, "uncollectible", "marked_uncollectible_at");
        world.emit(invoice, "invoice.marked_uncollectible");
    }

    /** Tries no more to collect an invoice. */
    void halt(Resource invoice) {
        invoice.clock().cancel(invoice.id() + ":retry");
        invoice.clock().cancel(invoice.id() + ":finalize");
        invoice.set("auto_advance", false).set("next_payment_attempt", null).set("automatically_finalizes_at", null);
    }

    /** What an invoice is charged to: its own payment method, the subscription's, the customer's; null without one. */
    Resource method(Resource invoice) {
        String id = invoice.text("default_payment_method");
        Resource subscription = subscription(invoice);
        if (id == null && subscription != null) {
            id = subscription.text("default_payment_method");
        }
        if (id != null) {
            return world.store().find("payment_method", id).orElse(null);
        }
        return PaymentMethods.defaultOf(
                world, world.store().find("customer", invoice.text("customer")).orElseThrow());
    }

    /** The subscription of an invoice; null without one. */
    Resource subscription(Resource invoice) {
        String id = invoice.text("parent.subscription_details.subscription");
        return id == null ? null : world.store().find("subscription", id).orElse(null);
    }

    private void stop(Resource invoice, String status, String at) {
        halt(invoice);
        invoice.set("status", status)
                .set("status_transitions." + at, invoice.clock().now());
        if (status.equals("void")) {
            invoice.set("amount_remaining", 0);
        }
    }

    private boolean retry(Resource invoice) {
        List<Duration> pauses = world.settings().retries();
        Integer done = invoice.note("retries");
        int next = done == null ? 0 : done;
        if (next >= pauses.size()) {
            halt(invoice);
            return false;
        }
        long at = invoice.clock().now() + pauses.get(next).toSeconds();
        invoice.note("retries", next + 1).set("next_payment_attempt", at);
        invoice.clock().at(invoice.id() + ":retry", at, () -> automatic(invoice));
        return true;
    }

    private ObjectNode details(Resource invoice, long due) {
        ObjectNode details =
                Json.object("description", invoice.text("description"), "setup_future_usage", "off_session");
        Resource subscription = subscription(invoice);
        if (subscription == null) {
            return details;
        }
        details.put("description", "Subscription " + subscription.id());
        details.put("on_behalf_of", subscription.text("on_behalf_of"));
        String currency = invoice.text("currency");
        if (subscription.get("application_fee_percent").isNumber()) {
            details.put("application_fee_amount", percent(due, subscription, "application_fee_percent", currency));
        }
        String destination = subscription.text("transfer_data.destination");
        if (destination != null) {
            ObjectNode transfer = details.putObject("transfer_data").put("destination", destination);
            if (subscription.get("transfer_data.amount_percent").isNumber()) {
                transfer.put("amount", percent(due, subscription, "transfer_data.amount_percent", currency));
            }
        }
        return details;
    }

    private static long percent(long amount, Resource subscription, String path, String currency) {
        BigDecimal percent = subscription.get(path).decimalValue();
        return Money.part(amount, percent.movePointLeft(2), currency);
    }
}
