package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** The life of an invoice up to its finalization; {@link Collecting} takes it from there. */
final class Invoicing {

    static final String TYPE = "invoice";
    private static final long DRAFT_SECONDS = 3_600;

    private final World world;
    private final InvoiceItems items;
    private final Collecting collecting;

    Invoicing(World world, InvoiceItems items, Collecting collecting) {
        this.world = world;
        this.items = items;
        this.collecting = collecting;
    }

    /**
     * A new draft with these lines and all items that wait for it.
     *
     * @param subscription the subscription it is for; null without one
     * @param reason its {@code billing_reason}
     * @param waiting whether the items that wait are taken in
     */
    Resource draft(Resource customer, Resource subscription, String reason, List<ObjectNode> lines, boolean waiting) {
        Resource invoice = world.add(customer.account(), customer.clock(), document(customer, subscription, reason));
        ArrayNode data = (ArrayNode) invoice.get("lines.data");
        lines.forEach(line -> data.add(line.put(TYPE, invoice.id())));
        append(world, invoice, waiting ? items.pending(customer, subscription) : List.of());
        world.emit(invoice, "invoice.created");
        return invoice;
    }

    /** Adds items to a draft and sums it up. */
    static void append(World world, Resource invoice, List<Resource> added) {
        ArrayNode data = (ArrayNode) invoice.get("lines.data");
        added.forEach(item -> {
            item.set(TYPE, invoice);
            data.add(Lines.ofInvoiceItem(world.ids(), item).put(TYPE, invoice.id()));
        });
        sum(invoice);
    }

    /** Sums an invoice up: the lines, and what the customer has or owes. */
    static void sum(Resource invoice) {
        long total = 0;
        for (com.fasterxml.jackson.databind.JsonNode line : invoice.get("lines.data")) {
            total += line.path("amount").asLong();
        }
        long due = total + invoice.number("starting_balance");
        long ending = Math.min(0, due);
        due = Math.max(0, due);
        if (due < Money.lowest(invoice.text("currency"))) {
            // Too little to be charged: it waits for the next invoice.
            ending += due;
            due = 0;
        }
        invoice.note("ending_balance", ending);
        invoice.set("lines.total_count", invoice.get("lines.data").size())
                .set("subtotal", total)
                .set("subtotal_excluding_tax", total)
                .set("total", total)
                .set("total_excluding_tax", total)
                .set("amount_due", due)
                .set("amount_remaining", due);
    }

    /** Finalizes a draft in an hour, and then collects it. */
    void later(Resource invoice) {
        long at = invoice.clock().now() + DRAFT_SECONDS;
        invoice.set("automatically_finalizes_at", at).set("next_payment_attempt", at);
        invoice.clock().at(invoice.id() + ":finalize", at, () -> {
            if (invoice.hasStatus("draft") && invoice.is("auto_advance")) {
                finish(invoice);
                collecting.automatic(invoice);
            }
        });
    }

    /** Finalizes a draft. What is due is then open; nothing due is paid. */
    void finish(Resource invoice) {
        Resource customer =
                world.store().find("customer", invoice.text("customer")).orElseThrow();
        invoice.clock().cancel(invoice.id() + ":finalize");
        invoice.set("starting_balance", customer.number("balance"));
        sum(invoice);
        long ending = invoice.note("ending_balance");
        invoice.set("status", "open")
                .set("ending_balance", ending)
                .set("automatically_finalizes_at", null)
                .set("next_payment_attempt", null)
                .set("effective_at", invoice.clock().now())
                .set(
                        "number",
                        customer.text("invoice_prefix") + "-"
                                + String.format("%04d", customer.number("next_invoice_sequence")))
                .set("hosted_invoice_url", "https://invoice.stripe.com/i/" + invoice.id())
                .set("invoice_pdf", "https://pay.stripe.com/invoice/" + invoice.id() + "/pdf")
                .set("status_transitions.finalized_at", invoice.clock().now());
        customer.add("next_invoice_sequence", 1);
        world.change(
                customer,
                "customer.updated",
                it -> it.set("balance", ending).set("currency", invoice.text("currency")));
        collecting.prepare(invoice);
        world.emit(invoice, "invoice.finalized");
        if (invoice.number("amount_due") == 0) {
            collecting.paid(invoice);
        }
    }

    private ObjectNode document(Resource customer, Resource subscription, String reason) {
        String id = world.ids().next("in_1");
        long now = customer.clock().now();
        String currency = subscription != null
                ? subscription.text("currency")
                : customer.text("currency") != null ? customer.text("currency") : "usd";
        boolean sent = subscription != null && "send_invoice".equals(subscription.text("collection_method"));
        return Json.document()
                .with("id", id)
                .with("object", TYPE)
                .with("account_country", "US")
                .with("account_name", "Stripe fake")
                .with("amount_due", 0)
                .with("amount_overpaid", 0)
                .with("amount_paid", 0)
                .with("amount_remaining", 0)
                .with("amount_shipping", 0)
                .with("application", null)
                .with("attempt_count", 0)
                .with("attempted", false)
                .with("auto_advance", true)
                .with("automatic_tax", Json.object("enabled", false, "liability", null, "status", null))
                .with("automatically_finalizes_at", null)
                .with("billing_reason", reason)
                .with("collection_method", sent ? "send_invoice" : "charge_automatically")
                .with("created", now)
                .with("currency", currency)
                .with("customer", customer)
                .with("customer_email", customer.text("email"))
                .with("customer_name", customer.text("name"))
                .with("default_payment_method", null)
                .with("description", null)
                .with("discounts", List.of())
                .with("due_date", sent ? now + subscription.number("days_until_due") * 86_400L : null)
                .with("effective_at", null)
                .with("ending_balance", null)
                .with("hosted_invoice_url", null)
                .with("invoice_pdf", null)
                .with("last_finalization_error", null)
                .with("lines", Json.list("/v1/invoices/" + id + "/lines", List.of()))
                .with("livemode", false)
                .with("metadata", Json.object())
                .with("next_payment_attempt", null)
                .with("number", null)
                .with("on_behalf_of", subscription == null ? null : subscription.text("on_behalf_of"))
                .with("parent", subscription == null ? null : parent(subscription))
                .with("period_end", now)
                .with("period_start", now)
                .with("post_payment_credit_notes_amount", 0)
                .with("pre_payment_credit_notes_amount", 0)
                .with("receipt_number", null)
                .with("starting_balance", customer.number("balance"))
                .with("status", "draft")
                .with(
                        "status_transitions",
                        Json.object(
                                "finalized_at", null,
                                "marked_uncollectible_at", null,
                                "paid_at", null,
                                "voided_at", null))
                .with("subtotal", 0)
                .with("subtotal_excluding_tax", 0)
                .with("test_clock", customer.text("test_clock"))
                .with("total", 0)
                .with("total_discount_amounts", List.of())
                .with("total_excluding_tax", 0)
                .with("total_taxes", List.of())
                .with("webhooks_delivered_at", null)
                .json();
    }

    private static ObjectNode parent(Resource subscription) {
        return Json.object(
                "quote_details",
                null,
                "subscription_details",
                Json.object("metadata", subscription.get("metadata").deepCopy(), "subscription", subscription),
                "type",
                "subscription_details");
    }
}
