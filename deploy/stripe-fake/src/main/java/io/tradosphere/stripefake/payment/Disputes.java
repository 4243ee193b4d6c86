package io.tradosphere.stripefake.payment;

import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;

/**
 * Disputes. The money goes at once. Evidence with the text {@code winning_evidence} wins it back, {@code
 * losing_evidence} loses it.
 */
public final class Disputes {

    private static final String TYPE = "dispute";
    private static final String PATH = "/v1/disputes";
    private static final long FEE = 1500;
    private static final long ANSWER_SECONDS = 7 * 86_400L;

    private final World world;
    private final Ledger ledger;

    /** @param ledger books the money */
    public Disputes(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Adds the calls. */
    public void routes(Routes routes) {
        routes.get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE, "charge", "payment_intent")
                .post(
                        PATH + "/{id}",
                        new Shape()
                                .may(
                                        new Shape()
                                                .may(
                                                        Kind.text(20_000),
                                                        "uncategorized_text",
                                                        "product_description",
                                                        "customer_email_address",
                                                        "customer_name"),
                                        "evidence")
                                .may(Kind.BOOLEAN, "submit")
                                .may(Kind.METADATA, "metadata"),
                        this::update)
                .post(PATH + "/{id}/close", new Shape(), call -> {
                    Resource dispute = call.named(TYPE);
                    close(open(dispute), false);
                    return dispute;
                });
    }

    /** Disputes a charge. */
    public Resource open(Resource charge, String reason) {
        long amount = charge.number("amount") - charge.number("amount_refunded");
        charge.set("disputed", true);
        Resource dispute = world.add(
                charge.account(),
                charge.clock(),
                Json.document()
                        .with("id", world.ids().next("du_1"))
                        .with("object", TYPE)
                        .with("amount", amount)
                        .with("balance_transactions", List.of())
                        .with("charge", charge)
                        .with("created", charge.clock().now())
                        .with("currency", charge.text("currency"))
                        .with("evidence", Json.object())
                        .with(
                                "evidence_details",
                                Json.object(
                                        "due_by",
                                        charge.clock().now() + ANSWER_SECONDS,
                                        "has_evidence",
                                        false,
                                        "past_due",
                                        false,
                                        "submission_count",
                                        0))
                        .with("is_charge_refundable", false)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("payment_intent", charge.text("payment_intent"))
                        .with("reason", reason)
                        .with("status", "needs_response")
                        .json());
        world.emit(dispute, "charge.dispute.created");
        book(dispute, -amount, FEE);
        world.emit(dispute, "charge.dispute.funds_withdrawn");
        return dispute;
    }

    /** Decides a dispute. */
    public void close(Resource dispute, boolean won) {
        if (won) {
            book(dispute, dispute.number("amount"), -FEE);
            dispute.set("status", "won");
            world.emit(dispute, "charge.dispute.funds_reinstated");
        } else {
            dispute.set("status", "lost");
        }
        world.emit(dispute, "charge.dispute.closed");
    }

    private Resource update(Call call) {
        Resource dispute = open(call.named(TYPE));
        call.change(dispute, "charge.dispute.updated", it -> {
            call.copy(it, "evidence");
            if (call.params().has("evidence")) {
                it.set("evidence_details.has_evidence", true);
            }
            if (!call.params().has("submit") || call.params().is("submit")) {
                it.set("status", "under_review").set("evidence_details.submission_count", 1);
            }
        });
        String text = call.params().in("evidence").text("uncategorized_text", "");
        if (dispute.hasStatus("under_review") && text.matches("winning_evidence|losing_evidence")) {
            close(dispute, text.equals("winning_evidence"));
        }
        return dispute;
    }

    private static Resource open(Resource dispute) {
        if (dispute.hasStatus("won", "lost")) {
            throw StripeError.invalid(null, "This dispute is already closed", null);
        }
        return dispute;
    }

    private void book(Resource dispute, long amount, long fee) {
        Resource transaction = ledger.book(
                dispute.account(), dispute.clock(), "adjustment", amount, fee, dispute.text("currency"), dispute, true);
        ((com.fasterxml.jackson.databind.node.ArrayNode) dispute.get("balance_transactions"))
                .add(transaction.json().deepCopy());
    }
}
