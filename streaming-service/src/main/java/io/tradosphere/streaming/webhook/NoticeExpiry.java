package io.tradosphere.streaming.webhook;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes the ids of notices after a week. Agora repeats a notice for minutes. */
@ApplicationScoped
class NoticeExpiry implements ScheduledJob {

    private static final String DELETE = "DELETE FROM agora_notices WHERE created_at < now() - INTERVAL '7 days'";

    private final SliceDatabase slice;

    NoticeExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of notices";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE).replaceWithVoid();
    }
}
