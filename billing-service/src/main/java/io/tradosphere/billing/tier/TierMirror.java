package io.tradosphere.billing.tier;

import io.tradosphere.billing.subscription.SubscriptionHandler;
import io.tradosphere.billing.sync.ObjectMirrors;
import io.tradosphere.billing.sync.ObjectMirrors.MirroredRows;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of bought tiers with Stripe's subscriptions. Of an erased person the books stay as they are. */
@ApplicationScoped
class TierMirror implements Reconciled {

    /** A tier whose grace has just ended is no drift: the next run of {@link TierLapses} ends it. */
    private static final MirroredRows ROWS = new MirroredRows("""
            SELECT stripe_subscription_id AS id FROM tier_subscriptions
            WHERE stripe_subscription_id > $1 AND profile_id IS NOT NULL ORDER BY stripe_subscription_id LIMIT 100
            """, """
            SELECT jsonb_build_object('stripe_customer_id', stripe_customer_id, 'stripe_status', stripe_status,
                'status', status, 'price_monthly', price_monthly, 'currency', currency, 'started_at', started_at,
                'current_period_start', current_period_start, 'current_period_end', current_period_end,
                'cancel_at_period_end', cancel_at_period_end, 'cancelled_at', cancelled_at, 'ended_at', ended_at,
                'held_until', held_until, 'tier', tier, 'next_tier', next_tier,
                'is_held', is_held AND (status = 'cancelled' OR held_until > now()))::text AS state
            FROM tier_subscriptions WHERE stripe_subscription_id = $1
            """);

    private static final String UNKNOWN = """
            SELECT listed.id FROM unnest($1::text[]) AS listed (id)
            WHERE NOT EXISTS (SELECT FROM tier_subscriptions t WHERE t.stripe_subscription_id = listed.id)
            """;

    private final ObjectMirrors mirrors;
    private final SubscriptionHandler handler;

    TierMirror(ObjectMirrors mirrors, SubscriptionHandler handler) {
        this.mirrors = mirrors;
        this.handler = handler;
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation(
                "tier_subscriptions.stripe",
                Set.of(
                        "tier_subscriptions.stripe_customer_id",
                        "tier_subscriptions.stripe_status",
                        "tier_subscriptions.status",
                        "tier_subscriptions.price_monthly",
                        "tier_subscriptions.currency",
                        "tier_subscriptions.started_at",
                        "tier_subscriptions.current_period_start",
                        "tier_subscriptions.current_period_end",
                        "tier_subscriptions.cancel_at_period_end",
                        "tier_subscriptions.cancelled_at",
                        "tier_subscriptions.ended_at",
                        "tier_subscriptions.held_until",
                        "tier_subscriptions.tier",
                        "tier_subscriptions.next_tier",
                        "tier_subscriptions.is_held"),
                mirrors.of(ROWS, handler, after -> handler.list(TierSubscriptions.METADATA, after), UNKNOWN)));
    }
}
