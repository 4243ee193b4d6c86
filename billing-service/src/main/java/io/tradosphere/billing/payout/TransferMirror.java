package io.tradosphere.billing.payout;

import com.stripe.model.Transfer;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.Comparison;
import io.tradosphere.billing.sync.StripeMirror;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.billing.sync.StripeTasks;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The reconciliation of payouts with Stripe's transfers. A payout that is paid here and not at Stripe is named, and stays: only an
 * operator may pay it again.
 */
@ApplicationScoped
class TransferMirror implements StripeMirror, Reconciled {

    private static final String COLUMN = "stripe_transfer_id";

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String NEXT = """
            SELECT id::text AS id FROM payouts p WHERE p.id > $1 AND status <> 'unfunded' ORDER BY p.id LIMIT 100
            """;
    private static final String STORED = "SELECT stripe_transfer_id FROM payouts WHERE id = $1";
    private static final String PENDING = """
            SELECT count(*) FROM stripe_tasks WHERE kind = $1 AND stripe_id = ANY ($2::text[]) AND parked_at IS NULL
            """;
    private static final String CORRECT =
            "UPDATE payouts SET stripe_transfer_id = $2 WHERE id = $1 AND status = 'paid'";

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final StripeTasks tasks;

    TransferMirror(SliceDatabase slice, Stripe stripe, StripeTasks tasks) {
        this.slice = slice;
        this.stripe = stripe;
        this.tasks = tasks;
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation("payouts.stripe", Set.of("payouts." + COLUMN), this));
    }

    @Override
    public Uni<List<String>> next(String after) {
        return slice.asWorker(NEXT, after.isEmpty() ? BEFORE_ALL : UUID.fromString(after))
                .map(rows -> Rows.list(rows, row -> row.getString("id")));
    }

    @Override
    public Uni<Comparison> compare(String id) {
        UUID payout = UUID.fromString(id);
        return TransferPayout.made(stripe, payout)
                .chain(made -> slice.asWorker(STORED, payout)
                        .map(rows -> Rows.first(rows, row -> state(row.getString(COLUMN))))
                        .map(stored -> Comparison.of(
                                id,
                                stored,
                                Optional.of(state(made.map(Transfer::getId).orElse(null))))));
    }

    /** A transfer may be made, and its payout not be paid here yet. */
    @Override
    public Uni<Void> settle(List<String> ids, Runnable onProgress) {
        return StripeMirror.awaitNone(
                () -> slice.asWorker(PENDING, TransferPayout.KIND, ids.toArray(String[]::new)),
                "Payouts are not transferred");
    }

    @Override
    public Uni<Void> repair(String id) {
        UUID payout = UUID.fromString(id);
        return TransferPayout.made(stripe, payout)
                .chain(made -> made.map(transfer -> follow(payout, transfer.getId()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** A task finds the transfer of a payout that is not paid here. */
    private Uni<Void> follow(UUID payout, String transfer) {
        return slice.<Void>asWorker(tx -> tx.execute(CORRECT, payout, transfer)
                        .chain(corrected -> corrected.rowCount() == 1
                                ? Uni.createFrom().voidItem()
                                : tasks.request(tx, TransferPayout.KIND, payout.toString(), null)))
                .chain(() -> tasks.run());
    }

    private static String state(String transfer) {
        return new JsonObject().put(COLUMN, transfer).encode();
    }
}
