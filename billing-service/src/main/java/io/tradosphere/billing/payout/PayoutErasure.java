package io.tradosphere.billing.payout;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of payouts: the records stay, anonymised. Candidates go first, so that nobody is named again. */
@ApplicationScoped
class PayoutErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                PersonalRows.byIncarnation("prize_candidates", "participant_id", "profile_id", "incarnation")
                        .delete(BATCH_SIZE),
                PersonalRows.byIncarnation("payouts", "id", "profile_id", "incarnation")
                        .anonymise(BATCH_SIZE));
    }
}
