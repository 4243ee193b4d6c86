package io.tradosphere.messaging.realtime;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of tickets. Open streams of an erased person end with the next read. */
@ApplicationScoped
class RealtimeErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                PersonalRows.byTime("realtime_tickets", "digest", "user_id").delete(BATCH_SIZE));
    }
}
