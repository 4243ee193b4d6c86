package io.tradosphere.competition.definition;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of creators: their competitions stay, without a creator. */
@ApplicationScoped
class CompetitionErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(PersonalRows.byTime("competitions", "id", "creator_id").anonymise(BATCH_SIZE));
    }
}
