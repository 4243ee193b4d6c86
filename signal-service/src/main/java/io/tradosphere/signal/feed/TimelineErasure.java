package io.tradosphere.signal.feed;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Erases a person's own timeline. */
@ApplicationScoped
class TimelineErasure implements FeatureErasure {

    private static final int AT_ONCE = 1_000;

    /** After the person's follows: none of them is fanned out any more. */
    @Override
    public int order() {
        return 6;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(PersonalRows.byTime("timeline", "reader_id, posted_at, signal_id", "reader_id")
                .delete(AT_ONCE));
    }
}
