package io.tradosphere.profile.stats;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A scheduled job that deletes follows and subscriptions that ended eight days ago. By then no relay can still publish an
 * older event of the same pair.
 */
@ApplicationScoped
class EdgeExpiry implements ScheduledJob {

    private static final int DAYS = 8;

    private final SliceDatabase slice;

    EdgeExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of ended follows and subscriptions";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(FollowerCounts.FOLLOWS.deleteEnded(), DAYS)
                .chain(() -> slice.asWorker(SubscriberCounts.SUBSCRIPTIONS.deleteEnded(), DAYS))
                .replaceWithVoid();
    }
}
