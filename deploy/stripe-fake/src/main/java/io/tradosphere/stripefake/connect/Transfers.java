package io.tradosphere.stripefake.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.payment.Amounts;
import io.tradosphere.stripefake.payment.Ledger;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;

/** Transfers to connected accounts. They never exceed what is available. */
public final class Transfers {

    private static final String TYPE = "transfer";
    private static final String PATH = "/v1/transfers";

    private final World world;
    private final Ledger ledger;
    private final Transferring transferring;

    /**
     * @param ledger says what is available
     * @param transferring moves the money
     */
    public Transfers(World world, Ledger ledger, Transferring transferring) {
        this.world = world;
        this.ledger = ledger;
        this.transferring = transferring;
    }

    /** Adds the calls. */
    public void routes(Routes routes) {
        routes.post(
                        PATH,
                        new Shape()
                                .need(Kind.STRING, "currency", "destination")
                                .may(Kind.INTEGER, "amount")
                                .may(Kind.STRING, "description", "transfer_group", "source_transaction")
                                .may(Kind.oneOf("bank_account", "card", "fpx"), "source_type")
                                .may(Kind.METADATA, "metadata"),
                        this::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "destination", "transfer_group")
                .post(
                        PATH + "/{id}",
                        new Shape().may(Kind.STRING, "description").may(Kind.METADATA, "metadata"),
                        call -> call.change(call.named(TYPE), "transfer.updated", it -> call.copy(it, "description")))
                .post(
                        PATH + "/{id}/reversals",
                        new Shape()
                                .may(Kind.INTEGER, "amount")
                                .may(Kind.STRING, "description")
                                .may(Kind.BOOLEAN, "refund_application_fee")
                                .may(Kind.METADATA, "metadata"),
                        this::reverse)
                .list(
                        PATH + "/{id}/reversals",
                        Shape.ofList(),
                        call -> Pages.page(
                                call,
                                PATH + "/" + call.id() + "/reversals",
                                call.own("transfer_reversal", found -> call.id().equals(found.text("transfer")))))
                .document("GET", PATH + "/{id}/reversals/{reversal}", new Shape(), Transfers::reversal);
    }

    private Resource create(Call call) {
        Params params = call.params();
        String currency = Amounts.currency(params.text("currency"));
        Resource charge = call.referred("charge", "source_transaction");
        if (!params.hasValue("amount") && charge == null) {
            throw StripeError.parameter("parameter_missing", "Missing required param: amount.", "amount");
        }
        long amount = params.number("amount", charge == null ? 0 : charge.number("amount"));
        if (amount < 1) {
            throw StripeError.invalid(
                    "parameter_invalid_integer", "This value must be greater than or equal to 1.", "amount");
        }
        Amounts.size(amount, currency, "amount");
        Resource destination = Accounts.payable(world, params.text("destination"), "destination");
        if (charge == null && ledger.available(World.PLATFORM, currency) < amount) {
            throw StripeError.invalid(
                    "balance_insufficient",
                    "You have insufficient available funds in your Stripe account. Try adding funds directly to your"
                            + " available balance by creating Charges using the 4000000000000077 test card. See:"
                            + " https://docs.stripe.com/testing#available-balance",
                    null);
        }
        if (charge != null && amount > charge.number("amount")) {
            throw StripeError.invalid(
                    "transfer_source_balance_parameters_mismatch",
                    "Cannot use charge " + charge.id() + " as a source: the amount exceeds it.",
                    "amount");
        }
        Resource transfer = transferring.move(
                world.clock(), destination.id(), amount, currency, charge, params.text("transfer_group"));
        call.copy(transfer, "description");
        world.emit(transfer, "transfer.created");
        return transfer;
    }

    private Resource reverse(Call call) {
        Resource transfer = call.named(TYPE);
        long left = transfer.number("amount") - transfer.number("amount_reversed");
        long amount = call.params().number("amount", left);
        if (amount < 1 || amount > left) {
            throw StripeError.invalid(
                    null,
                    "Cannot reverse " + amount + " of transfer " + transfer.id() + ": " + left + " is left.",
                    "amount");
        }
        Resource reversal = transferring.reverse(transfer, amount, null);
        call.copy(reversal);
        return reversal;
    }

    private static JsonNode reversal(Call call) {
        return call.world()
                .store()
                .find("transfer_reversal", call.path().get("reversal"))
                .filter(found -> call.named(TYPE).id().equals(found.text("transfer")))
                .orElseThrow(() ->
                        StripeError.noSuch("transfer reversal", call.path().get("reversal")))
                .json();
    }
}
