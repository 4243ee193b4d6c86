package io.tradosphere.stripefake.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.connect.Accounts;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Payment intents and the charges that they make. */
public final class PaymentIntents {

    private static final String TYPE = "payment_intent";
    private static final String PATH = "/v1/payment_intents";

    private final Charging charging;

    /** @param charging charges them */
    public PaymentIntents(Charging charging) {
        this.charging = charging;
    }

    /** What a payment intent may be given, here and in a Checkout Session. */
    public static Shape details() {
        return new Shape()
                .may(Kind.INTEGER, "application_fee_amount")
                .may(
                        Kind.STRING,
                        "description",
                        "on_behalf_of",
                        "receipt_email",
                        "transfer_group",
                        "statement_descriptor")
                .may(Kind.oneOf("on_session", "off_session"), "setup_future_usage")
                .may(Kind.oneOf("automatic", "automatic_async"), "capture_method")
                .may(new Shape().need(Kind.STRING, "destination").may(Kind.INTEGER, "amount"), "transfer_data")
                .may(Kind.METADATA, "metadata");
    }

    /** Adds the calls. */
    public void routes(Routes routes) {
        Shape create = details()
                .need(Kind.INTEGER, "amount")
                .need(Kind.STRING, "currency")
                .may(Kind.STRING, "customer", "payment_method", "return_url")
                .may(Kind.BOOLEAN, "confirm", "off_session", "error_on_requires_action")
                .may(Kind.listOf(Kind.STRING), "payment_method_types")
                .may(
                        new Shape().need(Kind.BOOLEAN, "enabled").may(Kind.oneOf("always", "never"), "allow_redirects"),
                        "automatic_payment_methods");
        Shape confirm = new Shape()
                .may(Kind.STRING, "payment_method", "return_url")
                .may(Kind.BOOLEAN, "off_session", "error_on_requires_action");
        routes.post(PATH, create, this::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "customer")
                .post(
                        PATH + "/{id}",
                        new Shape()
                                .may(Kind.STRING, "description", "receipt_email", "payment_method")
                                .may(Kind.METADATA, "metadata"),
                        call -> call.change(
                                call.named(TYPE),
                                "payment_intent.updated",
                                intent -> call.copy(intent, "description", "receipt_email")))
                .post(PATH + "/{id}/confirm", confirm, call -> confirm(call, call.named(TYPE)))
                .post(
                        PATH + "/{id}/cancel",
                        new Shape()
                                .may(
                                        Kind.oneOf("duplicate", "fraudulent", "requested_by_customer", "abandoned"),
                                        "cancellation_reason"),
                        this::cancel)
                .get("/v1/charges/{id}", "charge")
                .list("/v1/charges", "charge", "customer", "payment_intent", "transfer_group")
                .post(
                        "/v1/charges/{id}",
                        new Shape().may(Kind.STRING, "description").may(Kind.METADATA, "metadata"),
                        call -> call.change(
                                call.named("charge"), "charge.updated", charge -> call.copy(charge, "description")));
    }

    /**
     * A new intent that waits for a payment method, without an event.
     *
     * @param details see {@link #details}
     */
    public static Resource make(
            World world, String account, Clock clock, long amount, String currency, Resource customer, Params details) {
        String id = world.ids().next("pi_3");
        ObjectNode destination = details.in("transfer_data").json();
        return world.add(
                account,
                clock,
                Json.document()
                        .with("id", id)
                        .with("object", TYPE)
                        .with("amount", amount)
                        .with("amount_capturable", 0)
                        .with("amount_received", 0)
                        .with("application", null)
                        .with("application_fee_amount", details.node("application_fee_amount"))
                        .with("automatic_payment_methods", details.node("automatic_payment_methods"))
                        .with("canceled_at", null)
                        .with("cancellation_reason", null)
                        .with("capture_method", details.text("capture_method", "automatic_async"))
                        .with("client_secret", id + "_secret_" + world.ids().next(""))
                        .with("confirmation_method", "automatic")
                        .with("created", clock.now())
                        .with("currency", currency)
                        .with("customer", customer)
                        .with("description", details.text("description"))
                        .with("last_payment_error", null)
                        .with("latest_charge", null)
                        .with("livemode", false)
                        .with("metadata", details.metadata())
                        .with("next_action", null)
                        .with("on_behalf_of", details.text("on_behalf_of"))
                        .with("payment_method", null)
                        .with("payment_method_types", List.of("card"))
                        .with("receipt_email", details.text("receipt_email"))
                        .with("setup_future_usage", details.text("setup_future_usage"))
                        .with("status", "requires_payment_method")
                        .with("transfer_data", destination.isEmpty() ? null : destination)
                        .with("transfer_group", details.text("transfer_group"))
                        .json());
    }

    /**
     * Checks that the parts of a destination charge fit.
     *
     * @throws StripeError 400 when the destination cannot be paid, or the fee exceeds the amount
     */
    public static void checkDestination(World world, Params details, long amount) {
        if (details.in("transfer_data").hasValue("destination")) {
            Accounts.payable(world, details.in("transfer_data").text("destination"), "transfer_data[destination]");
        }
        if (details.hasValue("on_behalf_of")) {
            Accounts.payable(world, details.text("on_behalf_of"), "on_behalf_of");
        }
        if (details.number("application_fee_amount", 0) > amount) {
            throw StripeError.invalid(
                    null,
                    "application_fee_amount (" + details.number("application_fee_amount")
                            + ") cannot be greater than the amount (" + amount + ").",
                    "application_fee_amount");
        }
    }

    private Resource create(Call call) {
        Params params = call.params();
        String currency = Amounts.currency(params.text("currency"));
        long amount = params.number("amount", 0);
        Amounts.chargeable(amount, currency, "amount");
        checkDestination(call.world(), params, amount);
        Resource customer = call.referred("customer", "customer");
        Resource intent = make(
                call.world(),
                call.account(),
                customer == null ? call.world().clock() : customer.clock(),
                amount,
                currency,
                customer,
                params);
        if (params.hasValue("payment_method")) {
            Resource method = PaymentMethods.resolve(call, params.text("payment_method"), "payment_method");
            intent.set("payment_method", method).set("status", "requires_confirmation");
        }
        call.world().emit(intent, "payment_intent.created");
        return params.is("confirm") ? confirm(call, intent) : intent;
    }

    private Resource confirm(Call call, Resource intent) {
        if (!intent.hasStatus("requires_payment_method", "requires_confirmation", "requires_action")) {
            throw state(intent, "confirm");
        }
        Params params = call.params();
        String id = params.text("payment_method", intent.text("payment_method"));
        if (id == null) {
            throw StripeError.invalid(
                    "payment_intent_unexpected_state",
                    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update"
                            + " the PaymentIntent with a payment method and then confirm it again, or confirm it again"
                            + " directly with a payment method.",
                    null);
        }
        Resource method = PaymentMethods.resolve(call, id, "payment_method");
        boolean paid = charging.charge(intent, method, false);
        Card card = PaymentMethods.card(method);
        boolean asked = intent.hasStatus("requires_action");
        if (!paid && (!asked || params.is("off_session") || params.is("error_on_requires_action"))) {
            if (asked) {
                charging.refuseAuthentication(intent);
            }
            throw card.refusal(
                    "charge", intent.text("latest_charge"),
                    "payment_intent", intent.json().deepCopy(),
                    "payment_method", method.json().deepCopy());
        }
        return intent;
    }

    private Resource cancel(Call call) {
        Resource intent = call.named(TYPE);
        if (intent.hasStatus("succeeded", "canceled")) {
            throw state(intent, "cancel");
        }
        if (intent.note("invoice") != null) {
            throw StripeError.invalid(
                    "payment_intent_unexpected_state",
                    "You cannot cancel this PaymentIntent because it belongs to an invoice. Void the invoice instead.",
                    null);
        }
        return call.change(
                intent,
                "payment_intent.canceled",
                it -> it.set("status", "canceled")
                        .set("canceled_at", it.clock().now())
                        .set("cancellation_reason", call.params().text("cancellation_reason")));
    }

    private static StripeError state(Resource intent, String verb) {
        return StripeError.invalid(
                "payment_intent_unexpected_state",
                "You cannot " + verb + " this PaymentIntent because it has a status of " + intent.text("status") + ".",
                null);
    }
}
