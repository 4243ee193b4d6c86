package io.tradosphere.billing.plan;

import io.tradosphere.billing.sync.StripeErasure;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of a creator's plan, whose product is archived at Stripe. */
@ApplicationScoped
class PlanErasure implements FeatureErasure {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String DELETE = """
            DELETE FROM plans WHERE creator_id IN (
              SELECT creator_id FROM plans WHERE creator_id = $1 AND created_at < %s LIMIT $3)
            RETURNING stripe_product_id AS stripe_id
            """.formatted(ErasureStep.END_OF_LIFE);

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                StripeErasure.step("archive-product", DELETE, ROWS_AT_ONCE).covering("plans.creator_id"));
    }
}
