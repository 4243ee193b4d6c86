package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes who viewed a signal after ten minutes, and each day's key of viewers on the next day. */
@ApplicationScoped
class ViewExpiry implements ScheduledJob {

    private static final String DELETE_VIEWERS =
            "DELETE FROM recent_views WHERE viewed_at < now() - INTERVAL '10 minutes'";
    private static final String DELETE_KEYS = "DELETE FROM view_keys WHERE day < (now() AT TIME ZONE 'UTC')::date";

    private final SliceDatabase slice;

    ViewExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of viewers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE_VIEWERS)
                .chain(() -> slice.asWorker(DELETE_KEYS))
                .replaceWithVoid();
    }
}
