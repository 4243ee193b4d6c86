package io.tradosphere.stripefake.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** Cards: made, attached to customers, detached. */
public final class PaymentMethods {

    private static final String TYPE = "payment_method";
    private static final String PATH = "/v1/payment_methods";

    private PaymentMethods() {}

    /** Adds their calls. */
    public static void routes(Routes routes) {
        routes.post(
                        PATH,
                        new Shape()
                                .need(Kind.oneOf("card"), "type")
                                .need(
                                        new Shape()
                                                .may(Kind.STRING, "number", "token", "cvc")
                                                .may(Kind.INTEGER, "exp_month", "exp_year"),
                                        "card")
                                .may(address(), "billing_details")
                                .may(Kind.METADATA, "metadata"),
                        PaymentMethods::create)
                .get(PATH + "/{id}", TYPE)
                .list(
                        PATH,
                        Shape.ofList().may(Kind.STRING, "customer").may(Kind.oneOf("card"), "type"),
                        call -> io.tradosphere.stripefake.api.Pages.page(
                                call,
                                PATH,
                                call.own(
                                        TYPE,
                                        found -> call.params().hasValue("customer")
                                                && call.params()
                                                        .text("customer")
                                                        .equals(found.text("customer")))))
                .list(
                        "/v1/customers/{id}/payment_methods",
                        Shape.ofList().may(Kind.oneOf("card"), "type"),
                        call -> io.tradosphere.stripefake.api.Pages.page(
                                call,
                                "/v1/customers/" + call.id() + "/payment_methods",
                                call.own(
                                        TYPE,
                                        found -> call.named("customer").id().equals(found.text("customer")))))
                .post(
                        PATH + "/{id}/attach",
                        new Shape().need(Kind.STRING, "customer"),
                        call -> attach(call, call.id(), call.referred("customer", "customer"), "payment_method"))
                .post(PATH + "/{id}/detach", new Shape(), PaymentMethods::detach)
                .post(
                        PATH + "/{id}",
                        new Shape()
                                .may(new Shape().may(Kind.INTEGER, "exp_month", "exp_year"), "card")
                                .may(address(), "billing_details")
                                .may(Kind.METADATA, "metadata"),
                        call -> call.change(call.named(TYPE), "payment_method.updated", method -> {
                            call.copy(method, "billing_details");
                            call.params()
                                    .in("card")
                                    .json()
                                    .properties()
                                    .forEach(member -> method.set("card." + member.getKey(), member.getValue()));
                        }));
    }

    private static Shape address() {
        return new Shape()
                .may(Kind.STRING, "email", "name", "phone")
                .may(
                        new Shape().may(Kind.STRING, "city", "country", "line1", "line2", "postal_code", "state"),
                        "address");
    }

    /** A payment method of a test card that isn't attached to anybody. */
    public static Resource make(World world, String account, Card card) {
        Resource made = world.add(
                account,
                world.clock(),
                Json.document()
                        .with("id", world.ids().next("pm_1"))
                        .with("object", TYPE)
                        .with("allow_redisplay", "unspecified")
                        .with(
                                "billing_details",
                                Json.object("address", null, "email", null, "name", null, "phone", null))
                        .with(
                                "card",
                                Json.document()
                                        .with("brand", card.brand())
                                        .with("checks", Json.object("cvc_check", "pass"))
                                        .with("country", "US")
                                        .with("display_brand", card.brand())
                                        .with("exp_month", 12)
                                        .with("exp_year", 2099)
                                        .with("fingerprint", "Fake" + card.ordinal() + "0000000000")
                                        .with("funding", "credit")
                                        .with("last4", card.last4())
                                        .json())
                        .with("created", world.clock().now())
                        .with("customer", null)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("type", "card")
                        .json());
        return behaving(made, card);
    }

    /** Lets a payment method behave like this card from now on, whatever it looks like. */
    public static Resource behaving(Resource method, Card card) {
        return method.note("card", card);
    }

    /** Its holder has just authenticated, which is good for the next payment. */
    public static void authenticated(Resource method) {
        method.note("authenticated", true);
    }

    /** The card that it behaves like. */
    public static Card card(Resource method) {
        return method.note("card");
    }

    /**
     * The payment method of this id. Stripe's {@code pm_card_…} make a new one.
     *
     * @throws StripeError 400 when there is none such
     */
    public static Resource resolve(Call call, String id, String param) {
        return id.startsWith("pm_card_") && Card.of(id).isPresent()
                ? make(call.world(), call.account(), Card.of(id).get())
                : call.referred(TYPE, id, param);
    }

    /**
     * Attaches a payment method to a customer.
     *
     * @throws StripeError 402 when the card is of those that are refused here already
     */
    public static Resource attach(Call call, String id, Resource customer, String param) {
        Resource method = resolve(call, id, param);
        attach(call.world(), method, customer);
        return method;
    }

    /** Attaches a payment method to a customer, see {@link #attach(Call, String, Resource, String)}. */
    public static void attach(World world, Resource method, Resource customer) {
        if (customer.id().equals(method.text("customer"))) {
            return;
        }
        if (method.text("customer") != null || method.note("detached") != null) {
            throw StripeError.invalid(
                    null,
                    "The payment method you provided has already been attached to a customer, or was detached from"
                            + " one, and cannot be used again.",
                    null);
        }
        Card card = card(method);
        if (!card.attachable()) {
            throw card.refusal();
        }
        method.set("customer", customer);
        world.emit(method, "payment_method.attached");
    }

    /** The payment method that this customer pays with by default; null when there is none. */
    public static Resource defaultOf(World world, Resource customer) {
        String id = customer.text("invoice_settings.default_payment_method");
        return id == null ? null : world.store().find(TYPE, id).orElse(null);
    }

    private static Resource create(Call call) {
        Params card = call.params().in("card");
        String given = card.text("token", card.text("number", ""));
        Resource made = make(
                call.world(),
                call.account(),
                Card.of(given)
                        .orElseThrow(() -> StripeError.card(
                                "incorrect_number", null, "Your card number is incorrect.", "param", "number")));
        ObjectNode details = (ObjectNode) made.get("card");
        for (String name : new String[] {"exp_month", "exp_year"}) {
            if (card.hasValue(name)) {
                details.set(name, card.node(name));
            }
        }
        call.copy(made, "billing_details");
        return made;
    }

    private static Resource detach(Call call) {
        Resource method = call.named(TYPE);
        String customer = method.text("customer");
        if (customer == null) {
            throw StripeError.invalid(
                    null,
                    "The payment method you provided is not attached to a customer so detachment is impossible.",
                    null);
        }
        call.world()
                .store()
                .find("customer", customer)
                .filter(owner -> method.id().equals(owner.text("invoice_settings.default_payment_method")))
                .ifPresent(owner ->
                        call.change(owner, "customer.updated", it -> it.set("invoice_settings", withoutDefault(it))));
        method.note("detached", true);
        return call.change(method, "payment_method.detached", it -> it.set("customer", null));
    }

    private static ObjectNode withoutDefault(Resource customer) {
        return ((ObjectNode) customer.get("invoice_settings").deepCopy()).putNull("default_payment_method");
    }
}
