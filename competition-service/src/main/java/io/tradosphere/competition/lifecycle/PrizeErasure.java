package io.tradosphere.competition.lifecycle;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of prizes: they stay, without the winner. */
@ApplicationScoped
class PrizeErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    @Override
    public int order() {
        return 2;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(PersonalRows.byIncarnation("prizes", "id", "user_id", "incarnation")
                .anonymise(BATCH_SIZE));
    }
}
