package io.tradosphere.stripefake.checkout;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.billing.Customers;
import io.tradosphere.stripefake.billing.Opening;
import io.tradosphere.stripefake.http.Html;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.payment.Card;
import io.tradosphere.stripefake.payment.Charging;
import io.tradosphere.stripefake.payment.PaymentIntents;
import io.tradosphere.stripefake.payment.PaymentMethods;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.Map;

/** The page on which a Checkout Session is paid with a test card, declined, or abandoned. */
public final class CheckoutPage {

    private static final String PLACE = "/c/pay/{id}";

    private final World world;
    private final Charging charging;
    private final Opening opening;

    /**
     * @param charging charges one-time payments
     * @param opening opens subscriptions
     */
    public CheckoutPage(World world, Charging charging, Opening opening) {
        this.world = world;
        this.charging = charging;
        this.opening = opening;
    }

    /** Adds the page: its forms post {@code card} and {@code email} to {@code …/pay}, or nothing to {@code …/abandon}. */
    public void pages(Site site) {
        site.on("GET", PLACE, (path, request) -> show(path.get("id"), ""))
                .on("POST", PLACE + "/pay", (path, request) -> pay(path.get("id"), Html.fields(request)))
                .on("POST", PLACE + "/abandon", (path, request) -> abandon(path.get("id")));
    }

    private Resource open(String id) {
        return world.store()
                .find(Sessions.TYPE, id)
                .filter(session -> session.hasStatus("open"))
                .orElse(null);
    }

    private HttpAnswer show(String id, String message) {
        Resource session = open(id);
        if (session == null) {
            return Html.gone("This checkout session is over");
        }
        String to = "/c/pay/" + id;
        String email = session.text("customer_email") == null ? "payer@example.com" : session.text("customer_email");
        String fields = Html.field("email", "Email", email) + Html.field("card", "Card", "4242424242424242");
        return Html.page(
                "Pay " + Money.text(session.number("amount_total"), session.text("currency")),
                (message.isEmpty() ? "" : "<p role=\"alert\">" + Html.text(message) + "</p>")
                        + Html.form(to + "/pay", fields, "Pay")
                        + Html.form(
                                to + "/pay",
                                "<input type=\"hidden\" name=\"card\" value=\"4000000000000002\">",
                                "Decline")
                        + Html.form(to + "/abandon", "", "Abandon"));
    }

    private HttpAnswer abandon(String id) {
        Resource session = open(id);
        if (session == null) {
            return Html.gone("This checkout session is over");
        }
        String url = session.text("cancel_url");
        return url == null ? show(id, "There is nowhere to go back to.") : HttpAnswer.redirect(url);
    }

    private HttpAnswer pay(String id, Map<String, String> fields) {
        Resource session = open(id);
        if (session == null) {
            return Html.gone("This checkout session is over");
        }
        Card card = Card.of(fields.getOrDefault("card", "4242424242424242")).orElse(null);
        if (card == null) {
            return refused(id, "Your card number is incorrect.");
        }
        Resource method = PaymentMethods.make(world, session.account(), card);
        String email = fields.getOrDefault("email", session.text("customer_email"));
        method.set("billing_details.email", email);
        if (card.does() == Card.Does.DECLINE) {
            return declined(session, method, card);
        }
        if (card.does() == Card.Does.AUTHENTICATE) {
            PaymentMethods.authenticated(method);
        }
        try {
            complete(session, method, email);
        } catch (StripeError error) {
            return refused(id, error.getMessage());
        }
        return HttpAnswer.redirect(session.text("success_url").replace("{CHECKOUT_SESSION_ID}", id));
    }

    private void complete(Resource session, Resource method, String email) {
        boolean subscribes = session.text("mode").equals("subscription");
        Resource customer = customer(session, email, subscribes);
        Call call = new Call(world, session.account(), Map.of(), Sessions.data(session));
        if (subscribes) {
            PaymentMethods.attach(world, method, customer);
            Resource subscription =
                    opening.open(call, customer, Sessions.prices(session), Sessions.data(session), method);
            boolean trial = subscription.hasStatus("trialing");
            session.set("subscription", subscription)
                    .set("invoice", subscription.text("latest_invoice"))
                    .set("payment_status", trial ? "no_payment_required" : "paid");
        } else {
            Resource intent = intent(session, customer);
            charging.charge(intent, method, true);
            session.set("payment_intent", intent).set("payment_status", "paid");
        }
        session.clock().cancel(session.id());
        session.set("status", "complete")
                .set("url", null)
                .set("customer", customer)
                .set(
                        "customer_details",
                        Json.document()
                                .with("address", null)
                                .with("email", email)
                                .with("name", customer == null ? null : customer.text("name"))
                                .with("phone", null)
                                .with("tax_exempt", "none")
                                .with("tax_ids", null)
                                .json());
        world.emit(session, "checkout.session.completed");
    }

    private Resource customer(Resource session, String email, boolean subscribes) {
        if (session.text("customer") != null) {
            return world.store().find("customer", session.text("customer")).orElseThrow();
        }
        if (!subscribes && !"always".equals(session.text("customer_creation"))) {
            return null;
        }
        Resource customer =
                Customers.make(world, session.account(), world.clock()).set("email", email);
        world.emit(customer, "customer.created");
        return customer;
    }

    private Resource intent(Resource session, Resource customer) {
        Params data = session.text("mode").equals("payment") ? Sessions.data(session) : new Params(Json.object());
        Resource intent = PaymentIntents.make(
                world,
                session.account(),
                customer == null ? world.clock() : customer.clock(),
                session.number("amount_total"),
                session.text("currency"),
                customer,
                data);
        world.emit(intent, "payment_intent.created");
        return intent;
    }

    /** The attempt shows in the list of payments; the session stays open for another card. */
    private HttpAnswer declined(Resource session, Resource method, Card card) {
        String customer = session.text("customer");
        Resource intent = intent(
                session,
                customer == null
                        ? null
                        : world.store().find("customer", customer).orElseThrow());
        charging.charge(intent, method, true);
        return refused(session.id(), "Your card was refused (" + card.name().toLowerCase(java.util.Locale.ROOT) + ").");
    }

    private HttpAnswer refused(String id, String message) {
        return HttpAnswer.html(402, show(id, message).body());
    }
}
