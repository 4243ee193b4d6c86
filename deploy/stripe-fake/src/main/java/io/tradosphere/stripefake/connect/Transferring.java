package io.tradosphere.stripefake.connect;

import io.tradosphere.stripefake.payment.Ledger;
import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/** Moves money from the platform to connected accounts, and back. */
public final class Transferring {

    private final World world;
    private final Ledger ledger;

    /** @param ledger books the money */
    public Transferring(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** The transfer of a destination charge. */
    public Resource ofCharge(Resource charge, String destination, long amount) {
        String group = charge.text("transfer_group");
        Resource transfer = move(
                charge.clock(),
                destination,
                amount,
                charge.text("currency"),
                charge,
                group == null ? "group_" + charge.text("payment_intent") : group);
        world.emit(transfer, "transfer.created");
        return transfer;
    }

    /**
     * A transfer, without an event.
     *
     * @param charge the charge whose money it is; null when it is from the balance
     */
    Resource move(Clock clock, String destination, long amount, String currency, Resource charge, String group) {
        Resource transfer = world.add(
                World.PLATFORM,
                clock,
                Json.document()
                        .with("id", world.ids().next("tr_1"))
                        .with("object", "transfer")
                        .with("amount", amount)
                        .with("amount_reversed", 0)
                        .with("balance_transaction", null)
                        .with("created", clock.now())
                        .with("currency", currency)
                        .with("description", null)
                        .with("destination", destination)
                        .with("destination_payment", null)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("reversals", null)
                        .with("reversed", false)
                        .with("source_transaction", charge)
                        .with("source_type", "card")
                        .with("transfer_group", group)
                        .json());
        transfer.set("reversals", Json.list("/v1/transfers/" + transfer.id() + "/reversals", List.of()));
        // What a charge brings isn't available yet, and neither is what is moved on of it.
        boolean atOnce = charge == null;
        transfer.set(
                "balance_transaction",
                ledger.book(World.PLATFORM, clock, "transfer", -amount, 0, currency, transfer, atOnce));
        Resource payment = payment(clock, destination, amount, currency, transfer);
        payment.set(
                "balance_transaction",
                ledger.book(destination, clock, "payment", amount, 0, currency, payment, atOnce));
        return transfer.set("destination_payment", payment);
    }

    /**
     * Takes back a part of a transfer.
     *
     * @param refund the refund that it is for; null without one
     */
    public Resource reverse(Resource transfer, long amount, Resource refund) {
        String currency = transfer.text("currency");
        Resource reversal = world.add(
                World.PLATFORM,
                transfer.clock(),
                Json.document()
                        .with("id", world.ids().next("trr_1"))
                        .with("object", "transfer_reversal")
                        .with("amount", amount)
                        .with("balance_transaction", null)
                        .with("created", transfer.clock().now())
                        .with("currency", currency)
                        .with("destination_payment_refund", null)
                        .with("metadata", Json.object())
                        .with("source_refund", refund)
                        .with("transfer", transfer)
                        .json());
        reversal.set(
                "balance_transaction",
                ledger.book(World.PLATFORM, transfer.clock(), "transfer_refund", amount, 0, currency, reversal, true));
        ledger.book(
                transfer.text("destination"), transfer.clock(), "payment_refund", -amount, 0, currency, reversal, true);
        world.change(transfer, "transfer.reversed", it -> {
            it.add("amount_reversed", amount).set("reversed", it.number("amount") == it.number("amount_reversed"));
            List<com.fasterxml.jackson.databind.node.ObjectNode> all =
                    world.store().newest("transfer_reversal", one -> it.id().equals(one.text("transfer"))).stream()
                            .map(one -> one.json().deepCopy())
                            .toList();
            it.set("reversals", Json.list("/v1/transfers/" + it.id() + "/reversals", all));
        });
        return reversal;
    }

    private Resource payment(Clock clock, String destination, long amount, String currency, Resource transfer) {
        Resource payment = world.add(
                destination,
                clock,
                Json.document()
                        .with("id", world.ids().next("py_1"))
                        .with("object", "charge")
                        .with("amount", amount)
                        .with("amount_captured", amount)
                        .with("amount_refunded", 0)
                        .with("application_fee", null)
                        .with("balance_transaction", null)
                        .with("captured", true)
                        .with("created", clock.now())
                        .with("currency", currency)
                        .with("customer", null)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("paid", true)
                        .with("payment_intent", null)
                        .with("refunded", false)
                        .with("source_transfer", transfer)
                        .with("status", "succeeded")
                        .json());
        world.emit(payment, "payment.created");
        return payment;
    }
}
