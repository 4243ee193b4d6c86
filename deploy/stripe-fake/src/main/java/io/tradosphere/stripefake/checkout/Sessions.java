package io.tradosphere.stripefake.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.billing.Prices;
import io.tradosphere.stripefake.billing.SubscriptionShapes;
import io.tradosphere.stripefake.connect.Accounts;
import io.tradosphere.stripefake.payment.Amounts;
import io.tradosphere.stripefake.payment.PaymentIntents;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Checkout Sessions, for a payment or a subscription. {@link CheckoutPage} is where they are paid. */
public final class Sessions {

    static final String TYPE = "checkout.session";
    private static final String PATH = "/v1/checkout/sessions";
    private static final long LONGEST = 86_400;
    private static final long SHORTEST = 1_800;

    private final World world;
    private final Supplier<String> baseUrl;

    /** @param baseUrl where the pages are */
    public Sessions(World world, Supplier<String> baseUrl) {
        this.world = world;
        this.baseUrl = baseUrl;
    }

    /** Adds the calls. */
    public void routes(Routes routes, Expansion expansion) {
        routes.post(PATH, shape(), this::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList()
                                .may(Kind.STRING, "customer", "payment_intent", "subscription")
                                .may(Kind.oneOf("complete", "expired", "open"), "status"),
                        call -> Pages.page(
                                call,
                                PATH,
                                call.own(
                                        TYPE,
                                        found ->
                                                List.of("customer", "payment_intent", "subscription", "status").stream()
                                                        .allMatch(name ->
                                                                !call.params().hasValue(name)
                                                                        || call.params()
                                                                                .text(name)
                                                                                .equals(found.text(name))))))
                .post(PATH + "/{id}", new Shape().may(Kind.METADATA, "metadata"), call -> {
                    Resource session = call.named(TYPE);
                    call.copy(session);
                    return session;
                })
                .post(PATH + "/{id}/expire", new Shape(), call -> {
                    Resource session = call.named(TYPE);
                    if (!session.hasStatus("open")) {
                        throw StripeError.invalid(
                                null,
                                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout"
                                        + " Session has a status of " + session.text("status") + ".",
                                "session");
                    }
                    expire(session);
                    return session;
                })
                .list(
                        PATH + "/{id}/line_items",
                        Shape.ofList(),
                        call -> Pages.page(call, PATH + "/" + call.id() + "/line_items", items(call.named(TYPE))));
        expansion.onRequest(
                TYPE,
                "line_items",
                session -> Json.list(
                        PATH + "/" + session.id() + "/line_items",
                        items(session).stream().map(Resource::json).toList()));
    }

    private static Shape shape() {
        Shape line = new Shape()
                .may(Kind.STRING, "price")
                .may(Prices.inline(), "price_data")
                .may(Kind.INTEGER, "quantity");
        return new Shape()
                .need(Kind.oneOf("payment", "subscription"), "mode")
                .need(Kind.STRING, "success_url")
                .need(Kind.listOf(line), "line_items")
                .may(Kind.STRING, "cancel_url", "customer", "customer_email", "client_reference_id", "locale")
                .may(Kind.INTEGER, "expires_at")
                .may(Kind.oneOf("hosted", "hosted_page"), "ui_mode")
                .may(Kind.oneOf("always", "if_required"), "payment_method_collection", "customer_creation")
                .may(Kind.oneOf("auto", "required"), "billing_address_collection")
                .may(Kind.listOf(Kind.STRING), "payment_method_types")
                .may(SubscriptionShapes.data().may(Kind.INTEGER, "trial_period_days", "trial_end"), "subscription_data")
                .may(PaymentIntents.details(), "payment_intent_data")
                .may(Kind.METADATA, "metadata");
    }

    /** The recurring or one-time prices of a session with their quantities. */
    static Map<Resource, Long> prices(Resource session) {
        return session.note("prices");
    }

    /** The {@code subscription_data} or {@code payment_intent_data} that it was made with. */
    static Params data(Resource session) {
        return session.note("data");
    }

    /** Ends a session that nobody has paid. */
    void expire(Resource session) {
        session.clock().cancel(session.id());
        session.set("status", "expired").set("url", null);
        world.emit(session, "checkout.session.expired");
    }

    private static List<Resource> items(Resource session) {
        return session.note("items");
    }

    private Resource create(Call call) {
        Params params = call.params();
        boolean subscribes = params.text("mode").equals("subscription");
        String dataName = subscribes ? "subscription_data" : "payment_intent_data";
        String otherName = subscribes ? "payment_intent_data" : "subscription_data";
        if (params.has(otherName)) {
            throw StripeError.invalid(
                    null, "You can not pass `" + otherName + "` in `" + params.text("mode") + "` mode.", otherName);
        }
        Resource customer = call.referred("customer", "customer");
        if (customer != null && params.has("customer_email")) {
            throw StripeError.invalid(
                    null, "You may only specify one of these parameters: customer, customer_email.", "customer_email");
        }
        url(params, "success_url");
        url(params, "cancel_url");
        long now = world.clock().now();
        long expires = params.number("expires_at", now + LONGEST);
        if (expires < now + SHORTEST || expires > now + LONGEST) {
            throw StripeError.invalid(
                    null,
                    "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session"
                            + " creation.",
                    "expires_at");
        }
        Map<Resource, Long> prices = LineItems.prices(call, subscribes);
        String currency = prices.keySet().iterator().next().text("currency");
        long total = prices.entrySet().stream()
                .mapToLong(entry -> entry.getKey().number("unit_amount") * entry.getValue())
                .sum();
        if (!subscribes) {
            Amounts.chargeable(total, currency, "line_items");
        }
        Params data = params.in(dataName);
        check(data, total, subscribes);
        Resource session = world.add(
                call.account(), world.clock(), document(params, customer, currency, total, expires, subscribes));
        session.note("prices", prices).note("data", data).note("items", LineItems.lines(world, session, prices));
        world.clock().at(session.id(), expires, () -> {
            if (session.hasStatus("open")) {
                expire(session);
            }
        });
        return session;
    }

    private void check(Params data, long total, boolean subscribes) {
        if (!subscribes) {
            PaymentIntents.checkDestination(world, data, total);
        } else if (data.in("transfer_data").hasValue("destination")) {
            Accounts.payable(
                    world,
                    data.in("transfer_data").text("destination"),
                    "subscription_data[transfer_data][destination]");
        }
    }

    private static void url(Params params, String name) {
        if (params.hasValue(name) && !params.text(name).matches("https?://[^\\s]+")) {
            throw StripeError.invalid("url_invalid", "Not a valid URL", name);
        }
    }

    private ObjectNode document(
            Params params, Resource customer, String currency, long total, long expires, boolean subscribes) {
        String id = world.ids().next("cs_test_", 58);
        JsonNode none = Json.node(null);
        return Json.document()
                .with("id", id)
                .with("object", TYPE)
                .with("after_expiration", none)
                .with("allow_promotion_codes", none)
                .with("amount_subtotal", total)
                .with("amount_total", total)
                .with("automatic_tax", Json.object("enabled", false, "liability", none, "status", none))
                .with("billing_address_collection", params.text("billing_address_collection"))
                .with("cancel_url", params.text("cancel_url"))
                .with("client_reference_id", params.text("client_reference_id"))
                .with("client_secret", none)
                .with("created", world.clock().now())
                .with("currency", currency)
                .with("customer", customer)
                .with(
                        "customer_creation",
                        customer != null
                                ? null
                                : subscribes ? "always" : params.text("customer_creation", "if_required"))
                .with("customer_details", none)
                .with("customer_email", params.text("customer_email"))
                .with("expires_at", expires)
                .with("invoice", none)
                .with("livemode", false)
                .with("locale", params.text("locale"))
                .with("metadata", params.metadata())
                .with("mode", params.text("mode"))
                .with("payment_intent", none)
                .with("payment_link", none)
                .with(
                        "payment_method_collection",
                        subscribes ? params.text("payment_method_collection", "always") : null)
                .with("payment_method_types", List.of("card"))
                .with("payment_status", "unpaid")
                .with("recovered_from", none)
                .with("setup_intent", none)
                .with("status", "open")
                .with("submit_type", none)
                .with("subscription", none)
                .with("success_url", params.text("success_url"))
                .with("total_details", Json.object("amount_discount", 0, "amount_shipping", 0, "amount_tax", 0))
                .with("ui_mode", params.text("ui_mode", "hosted_page"))
                .with("url", baseUrl.get() + "/c/pay/" + id)
                .json();
    }
}
