package io.tradosphere.billing.tier;

import io.tradosphere.billing.sync.StripeErasure;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of bought tiers, whose records stay anonymised. */
@ApplicationScoped
class TierErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    private static final String TIERS = """
            UPDATE tier_subscriptions SET profile_id = NULL, status = 'cancelled', is_held = false, cancel_at_period_end = false,
              cancelled_at = coalesce(cancelled_at, now()), ended_at = coalesce(ended_at, now()), stripe_customer_id = NULL
            WHERE id = ANY (ARRAY(
              SELECT id FROM tier_subscriptions WHERE profile_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING stripe_subscription_id AS stripe_id
            """;

    @Override
    public int order() {
        return 2;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                StripeErasure.step("cancel-subscription", TIERS, BATCH_SIZE).covering("tier_subscriptions.profile_id"));
    }
}
