package io.tradosphere.billing;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.erasure.BatchedErasure;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.schema.ErasureCoverageContract;
import jakarta.inject.Inject;
import java.util.Set;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class ErasureCoverageTest extends ErasureCoverageContract {

    @Inject
    BatchedErasure erasure;

    @Override
    protected Set<String> covered() {
        return erasure.columns();
    }

    /**
     * A checkout has the id of the subscription that it begins, whose row goes with both its parties. A payout has the ids of
     * a competition and a participation, or of a pool and a share.
     */
    @Override
    protected Set<String> ownIds() {
        return Set.of("checkouts.id", "payouts.source_id", "payouts.winner_id");
    }
}
