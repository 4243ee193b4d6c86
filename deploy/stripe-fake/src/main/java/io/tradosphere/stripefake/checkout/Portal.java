package io.tradosphere.stripefake.checkout;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.billing.Billing;
import io.tradosphere.stripefake.http.Html;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.payment.Card;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Billing portal sessions and their page: cancel, resume, change the card, pay what is open. */
public final class Portal {

    private static final String TYPE = "billing_portal.session";
    private static final String PLACE = "/p/session/{id}";
    private static final String[] LIVE = {"trialing", "active", "past_due", "unpaid", "paused", "incomplete"};

    private final World world;
    private final Supplier<String> baseUrl;
    private final Billing billing;

    /** @param baseUrl where the pages are */
    public Portal(World world, Supplier<String> baseUrl, Billing billing) {
        this.world = world;
        this.baseUrl = baseUrl;
        this.billing = billing;
    }

    /** Adds the call. */
    public void routes(Routes routes) {
        Shape flow = new Shape()
                .need(Kind.oneOf("payment_method_update", "subscription_cancel"), "type")
                .may(new Shape().need(Kind.STRING, "subscription"), "subscription_cancel");
        routes.post(
                "/v1/billing_portal/sessions",
                new Shape()
                        .need(Kind.STRING, "customer")
                        .may(Kind.STRING, "return_url", "locale", "on_behalf_of")
                        .may(flow, "flow_data"),
                this::create);
    }

    /** Adds the page. */
    public void pages(Site site) {
        site.on("GET", PLACE, (path, request) -> show(path.get("id"), ""))
                .on("POST", PLACE + "/{action}", (path, request) -> act(path, Html.fields(request)));
    }

    private Resource create(Call call) {
        Resource customer = call.referred("customer", "customer");
        String id = world.ids().next("bps_1");
        return call.create(
                world.clock(),
                "billing_portal.session.created",
                Json.document()
                        .with("id", id)
                        .with("object", TYPE)
                        .with("configuration", "bpc_1FakeDefault")
                        .with("created", world.clock().now())
                        .with("customer", customer)
                        .with("flow", null)
                        .with("livemode", false)
                        .with("locale", call.params().text("locale"))
                        .with("on_behalf_of", call.params().text("on_behalf_of"))
                        .with("return_url", call.params().text("return_url"))
                        .with("url", baseUrl.get() + "/p/session/" + id)
                        .json());
    }

    private HttpAnswer show(String id, String message) {
        Resource session = world.store().find(TYPE, id).orElse(null);
        if (session == null) {
            return Html.gone("There is no such session");
        }
        String to = "/p/session/" + id + "/";
        StringBuilder body = new StringBuilder();
        if (!message.isEmpty()) {
            body.append("<p role=\"alert\">").append(Html.text(message)).append("</p>");
        }
        for (Resource subscription : subscriptions(session)) {
            String hidden = "<input type=\"hidden\" name=\"subscription\" value=\"" + subscription.id() + "\">";
            body.append("<h2>" + subscription.id() + ": " + Html.text(subscription.text("status")) + "</h2>");
            body.append(
                    subscription.is("cancel_at_period_end")
                            ? Html.form(to + "resume", hidden, "Don't cancel")
                            : Html.form(to + "cancel", hidden, "Cancel at the period's end"));
        }
        body.append(Html.form(to + "card", Html.field("card", "Card", "4242424242424242"), "Change card"));
        body.append(Html.form(
                to + "card",
                "<input type=\"hidden\" name=\"card\" value=\"4000000000000341\">",
                "Change to a card that will fail"));
        body.append(Html.form(to + "pay", "", "Pay open invoices"));
        if (session.text("return_url") != null) {
            body.append(Html.link(session.text("return_url"), "Back"));
        }
        return Html.page("Your subscriptions", body.toString());
    }

    private HttpAnswer act(Map<String, String> path, Map<String, String> fields) {
        Resource session = world.store().find(TYPE, path.get("id")).orElse(null);
        if (session == null) {
            return Html.gone("There is no such session");
        }
        try {
            switch (path.get("action")) {
                case "cancel", "resume" ->
                    billing.cancellation()
                            .atPeriodEnd(
                                    subscription(session, fields),
                                    path.get("action").equals("cancel"));
                case "card" -> card(session, fields.getOrDefault("card", ""));
                case "pay" -> billing.payOpen(session.text("customer"));
                default -> {
                    return Html.gone("There is no such page");
                }
            }
            return show(session.id(), "Done.");
        } catch (StripeError refused) {
            return HttpAnswer.html(402, show(session.id(), refused.getMessage()).body());
        }
    }

    private List<Resource> subscriptions(Resource session) {
        return world.store()
                .newest(
                        "subscription",
                        found -> session.text("customer").equals(found.text("customer")) && found.hasStatus(LIVE));
    }

    private Resource subscription(Resource session, Map<String, String> fields) {
        return subscriptions(session).stream()
                .filter(found ->
                        !fields.containsKey("subscription") || found.id().equals(fields.get("subscription")))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch("subscription", fields.getOrDefault("subscription", "")));
    }

    private void card(Resource session, String number) {
        Resource customer =
                world.store().find("customer", session.text("customer")).orElseThrow();
        Card card = Card.of(number)
                .orElseThrow(() -> StripeError.card("incorrect_number", null, "Your card number is incorrect."));
        Resource method = PaymentMethods.make(world, session.account(), card);
        PaymentMethods.attach(world, method, customer);
        world.change(customer, "customer.updated", it -> {
            it.set("invoice_settings", it.get("invoice_settings").deepCopy());
            it.set("invoice_settings.default_payment_method", method);
        });
        subscriptions(session)
                .forEach(subscription -> world.change(
                        subscription, "customer.subscription.updated", it -> it.set("default_payment_method", method)));
    }
}
