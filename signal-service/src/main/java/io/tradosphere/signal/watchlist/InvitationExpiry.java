package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes expired invitations to watchlists. */
@ApplicationScoped
class InvitationExpiry implements ScheduledJob {

    private static final String DELETE_EXPIRED = "DELETE FROM watchlist_invitations WHERE expires_at < now()";

    private final SliceDatabase slice;

    InvitationExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of watchlist invitations";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(tx -> tx.execute(DELETE_EXPIRED).replaceWithVoid());
    }
}
