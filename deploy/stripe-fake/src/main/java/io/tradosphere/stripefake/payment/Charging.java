package io.tradosphere.stripefake.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.connect.Fees;
import io.tradosphere.stripefake.connect.Transferring;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Consumer;

/** Charges payment intents: what their card does, and where the money goes then. */
public final class Charging {

    private final World world;
    private final Ledger ledger;
    private final Transferring transferring;
    private final Fees fees;
    private final Disputes disputes;
    private Consumer<Resource> paid = intent -> {};

    /**
     * @param ledger books the money
     * @param transferring moves a destination charge on
     * @param fees takes the application's fee
     * @param disputes disputes what the card of that kind paid
     */
    public Charging(World world, Ledger ledger, Transferring transferring, Fees fees, Disputes disputes) {
        this.world = world;
        this.ledger = ledger;
        this.transferring = transferring;
        this.fees = fees;
        this.disputes = disputes;
    }

    /** Says who is told of each payment intent that succeeded. */
    public void onPaid(Consumer<Resource> told) {
        paid = told;
    }

    /** Stripe's fee: 2.9 percent and 30 of the smallest unit. */
    static long fee(long amount) {
        return BigDecimal.valueOf(amount)
                        .multiply(new BigDecimal("0.029"))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact()
                + 30;
    }

    /**
     * Charges an intent with a payment method.
     *
     * @param authenticated whether its holder has just confirmed it, so that no card asks again
     * @return whether it was paid. Otherwise its status says whether another card or an authentication is needed.
     */
    public boolean charge(Resource intent, Resource method, boolean authenticated) {
        Card card = PaymentMethods.card(method);
        intent.set("payment_method", method);
        boolean confirmed = authenticated || method.note("authenticated") != null;
        method.note("authenticated", null);
        if (card.does() == Card.Does.AUTHENTICATE && !confirmed) {
            world.change(
                    intent,
                    "payment_intent.requires_action",
                    it -> it.set("status", "requires_action")
                            .set(
                                    "next_action",
                                    Json.object(
                                            "type",
                                            "use_stripe_sdk",
                                            "use_stripe_sdk",
                                            Json.object("type", "three_d_secure_redirect"))));
            return false;
        }
        if (card.does() == Card.Does.DECLINE) {
            decline(intent, method, card);
            return false;
        }
        Resource charge = charge(intent, method, card, true);
        settle(intent, charge, card);
        intent.set("status", "succeeded")
                .set("amount_received", intent.number("amount"))
                .set("latest_charge", charge)
                .set("last_payment_error", null)
                .set("next_action", null);
        world.emit(charge, "charge.succeeded");
        world.emit(intent, "payment_intent.succeeded");
        paid.accept(intent);
        if (card.does() == Card.Does.DISPUTE) {
            disputes.open(charge, "fraudulent");
        }
        return true;
    }

    /** Says that the holder did not authenticate. */
    public void refuseAuthentication(Resource intent) {
        fail(
                intent,
                Json.object(
                        "type", "invalid_request_error",
                        "code", "payment_intent_authentication_failure",
                        "message",
                                "The provided PaymentMethod has failed authentication. You can provide"
                                        + " payment_method_data or a new PaymentMethod to attempt to fulfill this"
                                        + " PaymentIntent again."));
    }

    private void decline(Resource intent, Resource method, Card card) {
        Resource charge = charge(intent, method, card, false);
        intent.set("latest_charge", charge);
        world.emit(charge, "charge.failed");
        ObjectNode error = Json.document()
                .with("type", "card_error")
                .with("charge", charge)
                .with("code", card.code())
                .with("decline_code", card.declineCode())
                .with("message", card.message())
                .with("payment_method", method.json().deepCopy())
                .json();
        fail(intent, error);
    }

    private void fail(Resource intent, ObjectNode error) {
        intent.set("status", "requires_payment_method")
                .set("payment_method", null)
                .set("next_action", null)
                .set("last_payment_error", error);
        world.emit(intent, "payment_intent.payment_failed");
    }

    private void settle(Resource intent, Resource charge, Card card) {
        long amount = charge.number("amount");
        String currency = charge.text("currency");
        Resource transaction = ledger.book(
                charge.account(),
                charge.clock(),
                "charge",
                amount,
                fee(amount),
                currency,
                charge,
                card == Card.AVAILABLE_AT_ONCE);
        charge.set("balance_transaction", transaction);
        String destination = intent.text("transfer_data.destination");
        if (destination != null) {
            long part = intent.get("transfer_data.amount").asLong(amount);
            charge.set(
                    "transfer_data",
                    Json.object("amount", intent.get("transfer_data.amount"), "destination", destination));
            charge.set("transfer", transferring.ofCharge(charge, destination, part));
        }
        if (intent.number("application_fee_amount") > 0) {
            charge.set("application_fee", fees.take(charge, intent.number("application_fee_amount")));
        }
    }

    private Resource charge(Resource intent, Resource method, Card card, boolean paidNow) {
        long amount = intent.number("amount");
        ObjectNode outcome = Json.document()
                .with("network_status", paidNow ? "approved_by_network" : "declined_by_network")
                .with("reason", paidNow ? null : card.declineCode())
                .with("risk_level", "normal")
                .with("risk_score", 10)
                .with(
                        "seller_message",
                        paidNow
                                ? "Payment complete."
                                : "The bank did not return any further details with this decline.")
                .with("type", paidNow ? "authorized" : "issuer_declined")
                .json();
        return world.add(
                intent.account(),
                intent.clock(),
                Json.document()
                        .with("id", world.ids().next("ch_3"))
                        .with("object", "charge")
                        .with("amount", amount)
                        .with("amount_captured", paidNow ? amount : 0)
                        .with("amount_refunded", 0)
                        .with("application", null)
                        .with("application_fee", null)
                        .with("application_fee_amount", intent.get("application_fee_amount"))
                        .with("balance_transaction", null)
                        .with("billing_details", method.get("billing_details").deepCopy())
                        .with("captured", paidNow)
                        .with("created", intent.clock().now())
                        .with("currency", intent.text("currency"))
                        .with("customer", intent.text("customer"))
                        .with("description", intent.text("description"))
                        .with("disputed", false)
                        .with("failure_code", paidNow ? null : card.code())
                        .with("failure_message", paidNow ? null : card.message())
                        .with("livemode", false)
                        .with("metadata", intent.get("metadata").deepCopy())
                        .with("on_behalf_of", intent.text("on_behalf_of"))
                        .with("outcome", outcome)
                        .with("paid", paidNow)
                        .with("payment_intent", intent)
                        .with("payment_method", method)
                        .with(
                                "payment_method_details",
                                Json.object(
                                        "type",
                                        "card",
                                        "card",
                                        method.get("card").deepCopy()))
                        .with("receipt_email", intent.text("receipt_email"))
                        .with("receipt_url", null)
                        .with("refunded", false)
                        .with("source_transfer", null)
                        .with("status", paidNow ? "succeeded" : "failed")
                        .with("transfer", null)
                        .with("transfer_data", null)
                        .with("transfer_group", intent.text("transfer_group"))
                        .json());
    }
}
