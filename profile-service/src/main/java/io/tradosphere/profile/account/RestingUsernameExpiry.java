package io.tradosphere.profile.account;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that deletes the digests of usernames whose rest is over. */
@ApplicationScoped
class RestingUsernameExpiry implements ScheduledJob {

    private static final String DELETE_RESTED = "DELETE FROM resting_usernames WHERE rests_until <= now()";

    private final SliceDatabase slice;

    RestingUsernameExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of resting usernames";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(DELETE_RESTED).replaceWithVoid();
    }
}
