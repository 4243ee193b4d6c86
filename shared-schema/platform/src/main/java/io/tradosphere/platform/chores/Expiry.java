package io.tradosphere.platform.chores;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets what every slice keeps for a time only. */
@ApplicationScoped
class Expiry implements Chore {

    private static final String ANSWERS = "DELETE FROM idempotency_keys WHERE created_at < now() - INTERVAL '24 hours'";
    private static final String APPLIED = "DELETE FROM inbox WHERE keep_until < now()";
    /** Longer than the topic of erasures keeps its events. */
    private static final String DEPARTED = "DELETE FROM departed WHERE departed_at < now() - INTERVAL '420 days'";

    private final Slice slice;

    Expiry(Slice slice) {
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
        return slice.workOnce(ANSWERS)
                .chain(() -> slice.workOnce(APPLIED))
                .chain(() -> slice.workOnce(DEPARTED))
                .replaceWithVoid();
    }
}
