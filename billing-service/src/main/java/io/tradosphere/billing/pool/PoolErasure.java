package io.tradosphere.billing.pool;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of shares, whose records stay anonymised, and of the times as a legend. */
@ApplicationScoped
class PoolErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                PersonalRows.byIncarnation("legends_pool_shares", "id", "profile_id", "incarnation")
                        .anonymise(BATCH_SIZE),
                PersonalRows.byIncarnation("legend_spans", "profile_id, since", "profile_id", "incarnation")
                        .delete(BATCH_SIZE));
    }
}
