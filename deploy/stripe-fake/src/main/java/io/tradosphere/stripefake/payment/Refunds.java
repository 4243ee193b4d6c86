package io.tradosphere.stripefake.payment;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.connect.Fees;
import io.tradosphere.stripefake.connect.Transferring;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Money;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.math.BigDecimal;
import java.math.MathContext;

/** Refunds, in parts or whole, with what goes back from the connected account and of the application's fee. */
public final class Refunds {

    private static final String TYPE = "refund";
    private static final String PATH = "/v1/refunds";
    private static final long FAILS_AFTER = 5;

    private final World world;
    private final Ledger ledger;
    private final Transferring transferring;
    private final Fees fees;

    /**
     * @param ledger books the money
     * @param transferring takes back what a connected account got
     * @param fees gives back the application's fee
     */
    public Refunds(World world, Ledger ledger, Transferring transferring, Fees fees) {
        this.world = world;
        this.ledger = ledger;
        this.transferring = transferring;
        this.fees = fees;
    }

    /** Adds the calls. */
    public void routes(Routes routes, Expansion expansion) {
        Shape create = new Shape()
                .may(Kind.STRING, "charge", "payment_intent")
                .may(Kind.INTEGER, "amount")
                .may(Kind.oneOf("duplicate", "fraudulent", "requested_by_customer"), "reason")
                .may(Kind.BOOLEAN, "reverse_transfer", "refund_application_fee")
                .may(Kind.METADATA, "metadata");
        routes.post(PATH, create, this::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "charge", "payment_intent")
                .post(
                        PATH + "/{id}",
                        new Shape().may(Kind.METADATA, "metadata"),
                        call -> call.change(call.named(TYPE), "refund.updated", call::copy));
        expansion.onRequest(
                "charge",
                "refunds",
                charge -> Json.list(
                        "/v1/charges/" + charge.id() + "/refunds",
                        world.store().newest(TYPE, refund -> charge.id().equals(refund.text("charge"))).stream()
                                .map(Resource::json)
                                .toList()));
    }

    private Resource create(Call call) {
        Params params = call.params();
        Resource charge = charge(call);
        long left = charge.number("amount") - charge.number("amount_refunded");
        long amount = params.number("amount", left);
        check(charge, left, amount);
        boolean whole = amount == charge.number("amount");
        BigDecimal share =
                BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(charge.number("amount")), MathContext.DECIMAL64);
        String transfer = charge.text("transfer");
        String fee = charge.text("application_fee");
        if (params.is("reverse_transfer") && transfer == null) {
            throw StripeError.invalid(
                    null,
                    "Cannot reverse transfer on charge " + charge.id() + ": it has no transfer.",
                    "reverse_transfer");
        }
        if (params.is("refund_application_fee") && fee == null) {
            throw StripeError.invalid(
                    null,
                    "Attempting to refund_application_fee, but charge " + charge.id() + " has no application fee.",
                    "refund_application_fee");
        }
        Resource refund = make(charge, amount, params);
        if (params.is("reverse_transfer")) {
            Resource moved = world.store().find("transfer", transfer).orElseThrow();
            refund.set(
                    "transfer_reversal",
                    transferring.reverse(moved, part(moved, "amount_reversed", whole, share), refund));
        }
        if (params.is("refund_application_fee")) {
            Resource taken = world.store().find("application_fee", fee).orElseThrow();
            fees.giveBack(taken, part(taken, "amount_refunded", whole, share));
        }
        world.emit(refund, "refund.created");
        world.change(
                charge,
                "charge.refunded",
                it -> it.add("amount_refunded", amount).set("refunded", left == amount));
        failLater(charge, refund);
        return refund;
    }

    private static long part(Resource of, String gone, boolean whole, BigDecimal share) {
        long left = of.number("amount") - of.number(gone);
        return whole ? left : Math.min(left, Money.part(of.number("amount"), share, of.text("currency")));
    }

    private Resource charge(Call call) {
        Params params = call.params();
        if (params.hasValue("charge")) {
            return call.referred("charge", "charge");
        }
        Resource intent = call.referred("payment_intent", "payment_intent");
        if (intent == null) {
            throw StripeError.parameter(
                    "parameter_missing",
                    "One of the following params should be provided for this request: payment_intent or charge.",
                    null);
        }
        if (!intent.hasStatus("succeeded")) {
            throw StripeError.invalid(
                    "payment_intent_unexpected_state",
                    "This PaymentIntent (" + intent.id() + ") does not have a successful charge to refund.",
                    "payment_intent");
        }
        return world.store().find("charge", intent.text("latest_charge")).orElseThrow();
    }

    private static void check(Resource charge, long left, long amount) {
        if (!charge.is("paid")) {
            throw StripeError.invalid(null, "Charge " + charge.id() + " has not been paid.", "charge");
        }
        if (left == 0) {
            throw StripeError.invalid(
                    "charge_already_refunded", "Charge " + charge.id() + " has already been refunded.", null);
        }
        if (charge.is("disputed")) {
            throw StripeError.invalid(
                    "charge_disputed",
                    "Charge " + charge.id() + " has been charged back; cannot issue a refund.",
                    null);
        }
        if (amount < 1) {
            throw StripeError.invalid("parameter_invalid_integer", "Invalid positive integer", "amount");
        }
        if (amount > left) {
            throw StripeError.invalid(
                    null,
                    "Refund amount (" + Money.text(amount, charge.text("currency"))
                            + ") is greater than unrefunded amount on charge ("
                            + Money.text(left, charge.text("currency")) + ")",
                    "amount");
        }
        if (amount % Money.step(charge.text("currency")) != 0) {
            Amounts.size(amount, charge.text("currency"), "amount");
        }
    }

    private Resource make(Resource charge, long amount, Params params) {
        Resource refund = world.add(
                charge.account(),
                charge.clock(),
                Json.document()
                        .with("id", world.ids().next("re_3"))
                        .with("object", TYPE)
                        .with("amount", amount)
                        .with("balance_transaction", null)
                        .with("charge", charge)
                        .with("created", charge.clock().now())
                        .with("currency", charge.text("currency"))
                        .with("destination_details", Json.object("type", "card"))
                        .with("metadata", params.metadata())
                        .with("payment_intent", charge.text("payment_intent"))
                        .with("reason", params.text("reason"))
                        .with("receipt_number", null)
                        .with("source_transfer_reversal", null)
                        .with("status", "succeeded")
                        .with("transfer_reversal", null)
                        .json());
        return refund.set(
                "balance_transaction",
                ledger.book(
                        charge.account(), charge.clock(), "refund", -amount, 0, charge.text("currency"), refund, true));
    }

    /** The card of that kind lets its refunds fail a little later. */
    private void failLater(Resource charge, Resource refund) {
        Card card = world.store()
                .find("payment_method", charge.text("payment_method"))
                .map(PaymentMethods::card)
                .orElse(Card.VISA);
        if (card == Card.REFUND_FAILS) {
            refund.clock().at(refund.id(), refund.clock().now() + FAILS_AFTER, () -> {
                long amount = refund.number("amount");
                refund.set("status", "failed")
                        .set("failure_reason", "unknown")
                        .set(
                                "failure_balance_transaction",
                                ledger.book(
                                        refund.account(),
                                        refund.clock(),
                                        "refund_failure",
                                        amount,
                                        0,
                                        refund.text("currency"),
                                        refund,
                                        true));
                world.emit(refund, "refund.failed");
                world.change(
                        charge,
                        "charge.refund.updated",
                        it -> it.add("amount_refunded", -amount).set("refunded", false));
            });
        }
    }
}
