package io.tradosphere.billing.refund;

import io.tradosphere.billing.sync.ObjectMirrors;
import io.tradosphere.billing.sync.ObjectMirrors.MirroredRows;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliations of refunds and disputes with Stripe's. */
@ApplicationScoped
class RefundMirror implements Reconciled {

    private static final String STATE = """
            SELECT jsonb_build_object('kind', kind, 'subscription_id', subscription_id, 'amount', amount, 'currency', currency,
                'status', status, 'reason', reason, 'occurred_at', occurred_at)::text AS state
            FROM refunds WHERE stripe_id = $1
            """;
    private static final MirroredRows REFUNDS = new MirroredRows("""
            SELECT stripe_id AS id FROM refunds WHERE stripe_id > $1 AND stripe_id NOT LIKE 'd%' ORDER BY stripe_id LIMIT 100
            """, STATE);
    /** Their ids begin with {@code dp_}, of old ones with {@code du_}. */
    private static final MirroredRows DISPUTES = new MirroredRows("""
            SELECT stripe_id AS id FROM refunds WHERE stripe_id > $1 AND stripe_id LIKE 'd%' ORDER BY stripe_id LIMIT 100
            """, STATE);

    private final ObjectMirrors mirrors;
    private final RefundHandler refunds;
    private final DisputeHandler disputes;

    RefundMirror(ObjectMirrors mirrors, RefundHandler refunds, DisputeHandler disputes) {
        this.mirrors = mirrors;
        this.refunds = refunds;
        this.disputes = disputes;
    }

    /** Both are of the same columns, which the first one names. */
    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                new StripeReconciliation(
                        "refunds.stripe",
                        Set.of(
                                "refunds.kind",
                                "refunds.subscription_id",
                                "refunds.amount",
                                "refunds.currency",
                                "refunds.status",
                                "refunds.reason",
                                "refunds.occurred_at"),
                        mirrors.of(REFUNDS, refunds)),
                new StripeReconciliation("refunds.stripe_disputes", Set.of(), mirrors.of(DISPUTES, disputes)));
    }
}
