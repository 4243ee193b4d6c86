package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** What a subscription's next invoice would be, as it is or after a change. Nothing of it is kept. */
final class Preview {

    private final World world;
    private final SubscriptionLife life;
    private final SubscriptionItems items;
    private final SubscriptionChange change;
    private final InvoiceItems invoiceItems;

    Preview(
            World world,
            SubscriptionLife life,
            SubscriptionItems items,
            SubscriptionChange change,
            InvoiceItems invoiceItems) {
        this.world = world;
        this.life = life;
        this.items = items;
        this.change = change;
        this.invoiceItems = invoiceItems;
    }

    /** The parameters. */
    static Shape shape() {
        return new Shape()
                .may(Kind.STRING, "customer", "subscription")
                .may(
                        new Shape()
                                .may(Kind.listOf(SubscriptionShapes.item()), "items")
                                .may(Kind.oneOf("now", "unchanged"), "billing_cycle_anchor")
                                .may(Kind.oneOf("always_invoice", "create_prorations", "none"), "proration_behavior")
                                .may(Kind.INTEGER, "proration_date")
                                .may(Kind.BOOLEAN, "cancel_at_period_end", "cancel_now"),
                        "subscription_details");
    }

    /** The preview. */
    JsonNode preview(Call call) {
        Resource subscription = call.referred("subscription", "subscription");
        if (subscription == null) {
            throw StripeError.parameter("parameter_missing", "Missing required param: subscription.", "subscription");
        }
        Resource customer = life.customer(subscription);
        Params details = call.params().in("subscription_details");
        List<Proration.Wish> wishes = items.wishes(call, subscription, details.each("items"));
        boolean resets = SubscriptionChange.resets(wishes, details);
        String behaviour = details.text("proration_behavior", "create_prorations");
        long now = subscription.clock().now();
        ArrayNode lines = Json.array(List.of());
        invoiceItems.pending(customer, subscription).forEach(item -> lines.add(Lines.ofInvoiceItem(world.ids(), item)));
        boolean prorated = !behaviour.equals("none") && !subscription.hasStatus("trialing");
        if (prorated && (resets || wishes.stream().anyMatch(Proration.Wish::changes))) {
            change.parts(subscription, wishes, details.number("proration_date", now), !resets)
                    .forEach(part -> lines.add(line(subscription, customer, part)));
        }
        if (resets || (!behaviour.equals("always_invoice") && !subscription.is("cancel_at_period_end"))) {
            wishes.stream()
                    .filter(wish -> !wish.removed())
                    .forEach(wish -> lines.add(next(subscription, wish, resets)));
        }
        return document(subscription, customer, lines, resets ? now : items.periodEnd(subscription));
    }

    private ObjectNode next(Resource subscription, Proration.Wish wish, boolean resets) {
        long start = resets ? subscription.clock().now() : items.periodEnd(subscription);
        Resource item = new Resource(
                subscription.account(),
                subscription.clock(),
                Json.document()
                        .with(
                                "id",
                                wish.item() == null ? "si_preview" : wish.item().id())
                        .with("object", "subscription_item")
                        .with("price", wish.price().json().deepCopy())
                        .with("quantity", wish.quantity())
                        .with("subscription", subscription)
                        .json());
        return Lines.ofItem(world.ids(), item, start, Period.of(wish.price()).after(start), false);
    }

    private ObjectNode line(Resource subscription, Resource customer, Proration.Part part) {
        Resource item = new Resource(
                customer.account(),
                customer.clock(),
                Json.document()
                        .with("id", world.ids().next("ii_1"))
                        .with("object", InvoiceItems.TYPE)
                        .with("amount", part.amount())
                        .with("currency", subscription.text("currency"))
                        .with("description", part.description())
                        .with("metadata", Json.object())
                        .with(
                                "parent",
                                Json.object(
                                        "subscription_details",
                                        Json.object("subscription", subscription, "subscription_item", part.item())))
                        .with("period", Json.object("end", part.end(), "start", part.start()))
                        .with("pricing", Lines.pricing(part.price()))
                        .with("proration", true)
                        .with("quantity", part.quantity())
                        .json());
        return Lines.ofInvoiceItem(world.ids(), item);
    }

    private ObjectNode document(Resource subscription, Resource customer, ArrayNode lines, long at) {
        Resource invoice = new Resource(
                customer.account(),
                customer.clock(),
                Json.document()
                        .with("id", world.ids().next("upcoming_in_1"))
                        .with("object", Invoicing.TYPE)
                        .with("amount_due", 0)
                        .with("amount_paid", 0)
                        .with("amount_remaining", 0)
                        .with("billing_reason", "upcoming")
                        .with("created", at)
                        .with("currency", subscription.text("currency"))
                        .with("customer", customer)
                        .with("lines", Json.list("/v1/invoices/upcoming/lines", List.of()))
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("next_payment_attempt", at)
                        .with(
                                "parent",
                                Json.object(
                                        "quote_details",
                                        null,
                                        "subscription_details",
                                        Json.object("subscription", subscription),
                                        "type",
                                        "subscription_details"))
                        .with("period_end", at)
                        .with("period_start", subscription.clock().now())
                        .with("starting_balance", customer.number("balance"))
                        .with("status", "draft")
                        .with("subtotal", 0)
                        .with("total", 0)
                        .json());
        invoice.set("lines.data", lines);
        Invoicing.sum(invoice);
        return invoice.json();
    }
}
