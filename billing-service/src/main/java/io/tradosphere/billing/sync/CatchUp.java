package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeConfig;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A scheduled job against silence. It reads Stripe's list of events since the last one it knows, and fetches what should
 * have changed, or was not fetched for a day. So a state that no webhook told is known too, only later.
 */
@ApplicationScoped
class CatchUp implements ScheduledJob {

    private static final SqlFile SQL = SqlFile.of(CatchUp.class);

    private static final String DUE_OBJECTS = SQL.get("due-objects");

    private final SliceDatabase slice;
    private final EventList events;
    private final SyncJob sync;
    private final Duration every;
    private final boolean on;

    CatchUp(SliceDatabase slice, EventList events, SyncJob sync, StripeConfig config) {
        this.slice = slice;
        this.events = events;
        this.sync = sync;
        this.every = config.reconcileEvery();
        this.on = config.secretKey().isPresent();
    }

    @Override
    public String name() {
        return "stripe-reconciliation";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public Uni<Void> run() {
        if (!on) {
            return Uni.createFrom().voidItem();
        }
        return events.readNew(() -> {})
                .chain(() -> slice.asWorker(DUE_OBJECTS))
                .invoke(sync::wake)
                .replaceWithVoid();
    }
}
