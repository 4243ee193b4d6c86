package io.tradosphere.platform.jobs;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes expired rows of the platform's tables. */
@ApplicationScoped
class Expiry implements ScheduledJob {

    private static final String DELETE_IDEMPOTENCY_KEYS =
            "DELETE FROM idempotency_keys WHERE created_at < now() - INTERVAL '24 hours'";
    private static final String DELETE_INBOX = "DELETE FROM inbox WHERE keep_until < now()";
    /** Longer than the retention of the erasures topic. */
    private static final String DELETE_ERASED =
            "DELETE FROM erased_profiles WHERE erased_at < now() - INTERVAL '420 days'";

    private final SliceDatabase slice;

    Expiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE_IDEMPOTENCY_KEYS)
                .chain(() -> slice.asWorker(DELETE_INBOX))
                .chain(() -> slice.asWorker(DELETE_ERASED))
                .replaceWithVoid();
    }
}
