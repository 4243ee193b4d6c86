package io.tradosphere.billing.subscription;

import io.tradosphere.billing.sync.ObjectMirrors;
import io.tradosphere.billing.sync.ObjectMirrors.MirroredRows;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of subscriptions with Stripe's. Of an erased person the books stay as they are. */
@ApplicationScoped
class SubscriptionMirror implements Reconciled {

    private static final MirroredRows ROWS = new MirroredRows("""
            SELECT stripe_subscription_id AS id FROM subscriptions
            WHERE stripe_subscription_id > $1 AND subscriber_id IS NOT NULL AND creator_id IS NOT NULL
            ORDER BY stripe_subscription_id LIMIT 100
            """, """
            SELECT jsonb_build_object('stripe_customer_id', stripe_customer_id, 'stripe_status', stripe_status,
                'status', status, 'price_monthly', price_monthly, 'currency', currency, 'started_at', started_at,
                'current_period_start', current_period_start, 'current_period_end', current_period_end,
                'cancel_at_period_end', cancel_at_period_end, 'cancelled_at', cancelled_at, 'ended_at', ended_at,
                'access_until', access_until)::text AS state
            FROM subscriptions WHERE stripe_subscription_id = $1
            """);
    private static final String UNKNOWN = """
            SELECT listed.id FROM unnest($1::text[]) AS listed (id)
            WHERE NOT EXISTS (SELECT FROM subscriptions s WHERE s.stripe_subscription_id = listed.id)
            """;

    private final ObjectMirrors mirrors;
    private final SubscriptionHandler handler;

    SubscriptionMirror(ObjectMirrors mirrors, SubscriptionHandler handler) {
        this.mirrors = mirrors;
        this.handler = handler;
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation(
                "subscriptions.stripe",
                Set.of(
                        "subscriptions.stripe_customer_id",
                        "subscriptions.stripe_status",
                        "subscriptions.status",
                        "subscriptions.price_monthly",
                        "subscriptions.currency",
                        "subscriptions.started_at",
                        "subscriptions.current_period_start",
                        "subscriptions.current_period_end",
                        "subscriptions.cancel_at_period_end",
                        "subscriptions.cancelled_at",
                        "subscriptions.ended_at",
                        "subscriptions.access_until"),
                mirrors.of(ROWS, handler, after -> handler.list(CreatorSubscriptions.METADATA, after), UNKNOWN)));
    }
}
