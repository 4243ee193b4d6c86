package io.tradosphere.profile.stats;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The erasure of follows, subscriptions and signal outcomes. It decrements the counts of each profile the erased
 * person followed or subscribed to.
 */
@ApplicationScoped
class StatsErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 2_000;

    /** The ended incarnation's mark: that of a later one stays. */
    private static final PersonalRows DUE = PersonalRows.byTime("ranking_due", "profile_id", "profile_id");

    private static final PersonalRows OUTCOMES = PersonalRows.byIncarnation(
            "signal_outcomes", "creator_id, incarnation, resolved_at, signal_id", "creator_id", "incarnation");

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                FollowerCounts.FOLLOWS.erasure(),
                SubscriberCounts.SUBSCRIPTIONS.erasure(),
                OUTCOMES.delete(BATCH_SIZE),
                DUE.delete(BATCH_SIZE));
    }
}
