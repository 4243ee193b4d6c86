package io.tradosphere.profile.stats;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Slice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets follows that ended long enough ago that no relay can still send what came before their end. */
@ApplicationScoped
class EdgeExpiry implements Chore {

    private static final String FORGET =
            "DELETE FROM follow_edges WHERE NOT active AND updated_at < now() - INTERVAL '8 days'";

    private final Slice slice;

    EdgeExpiry(Slice slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of ended follows";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.workOnce(FORGET).replaceWithVoid();
    }
}
