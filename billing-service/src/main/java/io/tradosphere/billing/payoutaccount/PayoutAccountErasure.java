package io.tradosphere.billing.payoutaccount;

import io.tradosphere.billing.sync.StripeErasure;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of who is paid, whose account is deleted at Stripe. */
@ApplicationScoped
class PayoutAccountErasure implements FeatureErasure {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final String DELETE = """
            DELETE FROM payout_accounts WHERE profile_id IN (
              SELECT profile_id FROM payout_accounts WHERE profile_id = $1 AND created_at < %s LIMIT $3)
            RETURNING stripe_account_id AS stripe_id
            """.formatted(ErasureStep.END_OF_LIFE);

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                StripeErasure.step("delete-account", DELETE, ROWS_AT_ONCE).covering("payout_accounts.profile_id"));
    }
}
