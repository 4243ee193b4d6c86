package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes events and objects of Stripe that are done with. Stripe sends an event for three days at most. */
@ApplicationScoped
class SyncExpiry implements ScheduledJob {

    private static final String DELETE_EVENTS = """
            DELETE FROM stripe_events WHERE created_at < now() - INTERVAL '30 days' AND status IN ('applied', 'ignored')
            """;
    private static final String DELETE_OBJECTS = """
            DELETE FROM stripe_objects WHERE updated_at < now() - INTERVAL '30 days' AND requested = fetched
            """;

    private final SliceDatabase slice;

    SyncExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "stripe-expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE_EVENTS)
                .chain(() -> slice.asWorker(DELETE_OBJECTS))
                .replaceWithVoid();
    }
}
