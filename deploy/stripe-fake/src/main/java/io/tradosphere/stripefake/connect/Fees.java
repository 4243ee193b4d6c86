package io.tradosphere.stripefake.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Expansion;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.Ledger;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** Application fees: what the platform keeps of a charge for a connected account. */
public final class Fees {

    private static final String TYPE = "application_fee";
    private static final String PATH = "/v1/application_fees";

    private final World world;
    private final Ledger ledger;

    /** @param ledger books the money */
    public Fees(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Adds the calls. */
    public void routes(Routes routes, Expansion expansion) {
        routes.get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "charge")
                .document(
                        "POST",
                        PATH + "/{id}/refunds",
                        new Shape().may(Kind.INTEGER, "amount").may(Kind.METADATA, "metadata"),
                        this::refund);
        expansion.onRequest(TYPE, "refunds", this::refunds);
    }

    /** Takes a fee from a charge: from the connected account that it went to, or that made it. */
    public Resource take(Resource charge, long amount) {
        boolean direct = !charge.account().equals(World.PLATFORM);
        String payer = direct ? charge.account() : charge.text("transfer_data.destination");
        Resource fee = world.add(
                World.PLATFORM,
                charge.clock(),
                Json.document()
                        .with("id", world.ids().next("fee_1"))
                        .with("object", TYPE)
                        .with("account", payer)
                        .with("amount", amount)
                        .with("amount_refunded", 0)
                        .with("application", null)
                        .with("balance_transaction", null)
                        .with("charge", charge)
                        .with("created", charge.clock().now())
                        .with("currency", charge.text("currency"))
                        .with("livemode", false)
                        .with("originating_transaction", direct ? null : charge)
                        .with("refunded", false)
                        .json());
        fee.set("balance_transaction", book(World.PLATFORM, fee, "application_fee", amount));
        if (payer != null) {
            book(payer, fee, "application_fee", -amount);
        }
        world.emit(fee, "application_fee.created");
        return fee;
    }

    /** Gives back a part of a fee. */
    public Resource giveBack(Resource fee, long amount) {
        Resource refund = world.add(
                World.PLATFORM,
                fee.clock(),
                Json.document()
                        .with("id", world.ids().next("fr_1"))
                        .with("object", "fee_refund")
                        .with("amount", amount)
                        .with("balance_transaction", null)
                        .with("created", fee.clock().now())
                        .with("currency", fee.text("currency"))
                        .with("fee", fee)
                        .with("metadata", Json.object())
                        .json());
        refund.set("balance_transaction", book(World.PLATFORM, fee, "application_fee_refund", -amount));
        if (fee.text("account") != null) {
            book(fee.text("account"), fee, "application_fee_refund", amount);
        }
        world.change(
                fee,
                "application_fee.refunded",
                it -> it.add("amount_refunded", amount)
                        .set("refunded", it.number("amount") == it.number("amount_refunded")));
        return refund;
    }

    private Resource book(String account, Resource fee, String type, long amount) {
        return ledger.book(account, fee.clock(), type, amount, 0, fee.text("currency"), fee, true);
    }

    private JsonNode refund(Call call) {
        Resource fee = call.named(TYPE);
        long left = fee.number("amount") - fee.number("amount_refunded");
        long amount = call.params().number("amount", left);
        if (amount > left || amount < 1) {
            throw StripeError.invalid(
                    left == 0 ? "application_fee_already_refunded" : null,
                    "Refund amount is greater than what is left of fee " + fee.id() + " (" + left + ").",
                    "amount");
        }
        Resource refund = giveBack(fee, amount);
        call.copy(refund);
        return refund.json();
    }

    private JsonNode refunds(Resource fee) {
        return Json.list(
                PATH + "/" + fee.id() + "/refunds",
                world.store().newest("fee_refund", refund -> fee.id().equals(refund.text("fee"))).stream()
                        .map(Resource::json)
                        .toList());
    }
}
