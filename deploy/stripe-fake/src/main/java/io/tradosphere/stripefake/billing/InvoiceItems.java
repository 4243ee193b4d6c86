package io.tradosphere.stripefake.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.Amounts;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Invoice items: what waits for a customer's next invoice. */
final class InvoiceItems {

    static final String TYPE = "invoiceitem";
    private static final String PATH = "/v1/invoiceitems";

    private final World world;

    InvoiceItems(World world) {
        this.world = world;
    }

    /** Adds the calls. */
    void routes(Routes routes) {
        routes.post(
                        PATH,
                        new Shape()
                                .need(Kind.STRING, "customer")
                                .may(Kind.INTEGER, "amount", "quantity")
                                .may(Kind.STRING, "currency", "description", "subscription", "invoice")
                                .may(new Shape().need(Kind.STRING, "price"), "pricing")
                                .may(Kind.METADATA, "metadata"),
                        this::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "customer", "invoice")
                .document("DELETE", PATH + "/{id}", new Shape(), call -> {
                    Resource item = call.named(TYPE);
                    if (item.text("invoice") != null) {
                        throw StripeError.invalid(
                                null, "This invoice item is attached to an invoice and cannot be deleted.", null);
                    }
                    world.store().remove(item);
                    world.emit(item, "invoiceitem.deleted");
                    return Routes.deleted(item);
                });
    }

    /** The items that wait for the next invoice of a customer, or of one subscription. */
    List<Resource> pending(Resource customer, Resource subscription) {
        return world.store()
                .all(
                        TYPE,
                        item -> item.text("customer").equals(customer.id())
                                && item.text("invoice") == null
                                && (subscription == null
                                        ? item.text("parent.subscription_details.subscription") == null
                                        : item.text("parent.subscription_details.subscription") == null
                                                || subscription
                                                        .id()
                                                        .equals(item.text(
                                                                "parent.subscription_details.subscription"))));
    }

    /** A proration, and its event. */
    Resource proration(Resource subscription, Proration.Part part) {
        Resource item = make(
                subscription.account(),
                world.store().find("customer", subscription.text("customer")).orElseThrow(),
                part.amount(),
                subscription.text("currency"),
                part.description());
        item.set("proration", true)
                .set("quantity", part.quantity())
                .set("period", Json.object("end", part.end(), "start", part.start()))
                .set(
                        "parent",
                        Json.object(
                                "subscription_details",
                                Json.object("subscription", subscription, "subscription_item", part.item()),
                                "type",
                                "subscription_details"))
                .set("pricing", Lines.pricing(part.price()));
        world.emit(item, "invoiceitem.created");
        return item;
    }

    private Resource make(String account, Resource customer, long amount, String currency, String description) {
        long now = customer.clock().now();
        return world.add(
                account,
                customer.clock(),
                Json.document()
                        .with("id", world.ids().next("ii_1"))
                        .with("object", TYPE)
                        .with("amount", amount)
                        .with("currency", currency)
                        .with("customer", customer)
                        .with("date", now)
                        .with("description", description)
                        .with("discountable", true)
                        .with("discounts", List.of())
                        .with("invoice", null)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("net_amount", amount)
                        .with("parent", null)
                        .with("period", Json.object("end", now, "start", now))
                        .with("pricing", null)
                        .with("proration", false)
                        .with("quantity", 1)
                        .with("tax_rates", List.of())
                        .with("test_clock", customer.text("test_clock"))
                        .json());
    }

    private Resource create(Call call) {
        Params params = call.params();
        Resource customer = call.referred("customer", "customer");
        Resource subscription = call.referred("subscription", "subscription");
        Resource invoice = call.referred("invoice", "invoice");
        if (invoice != null && !invoice.hasStatus("draft")) {
            throw StripeError.invalid("invoice_not_editable", "This invoice is no longer editable", "invoice");
        }
        long quantity = params.number("quantity", 1);
        ObjectNode price = null;
        long amount = params.number("amount", 0);
        String currency = params.text("currency", "usd");
        if (params.has("pricing")) {
            price = Prices.of(call, params.in("pricing"), "pricing").json();
            currency = price.path("currency").asText();
            amount = Lines.amount(price, quantity);
        } else if (!params.has("amount")) {
            throw StripeError.parameter("parameter_missing", "Missing required param: amount.", "amount");
        }
        Resource item = make(call.account(), customer, amount, Amounts.currency(currency), params.text("description"));
        item.set("quantity", quantity).set("pricing", price == null ? null : Lines.pricing(price));
        if (subscription != null) {
            item.set(
                    "parent",
                    Json.object(
                            "subscription_details",
                            Json.object("subscription", subscription),
                            "type",
                            "subscription_details"));
        }
        call.copy(item);
        world.emit(item, "invoiceitem.created");
        if (invoice != null) {
            Invoicing.append(world, invoice, List.of(item));
        }
        return item;
    }
}
