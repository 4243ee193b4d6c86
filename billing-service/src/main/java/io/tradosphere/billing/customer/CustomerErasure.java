package io.tradosphere.billing.customer;

import io.tradosphere.billing.sync.StripeErasure;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of who pays, who is deleted at Stripe. */
@ApplicationScoped
class CustomerErasure implements FeatureErasure {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String DELETE = """
            DELETE FROM stripe_customers WHERE profile_id IN (
              SELECT profile_id FROM stripe_customers WHERE profile_id = $1 AND created_at < %s LIMIT $3)
            RETURNING stripe_customer_id AS stripe_id
            """.formatted(ErasureStep.END_OF_LIFE);

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                StripeErasure.step("delete-customer", DELETE, ROWS_AT_ONCE).covering("stripe_customers.profile_id"));
    }
}
