package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A scheduled job that fetches the objects that Stripe says have changed. A webhook wakes it up at once. */
@ApplicationScoped
public class SyncJob implements ScheduledJob {

    private final QueueWorkers workers;

    SyncJob(StripeObjects objects) {
        this.workers = new QueueWorkers("Fetching from Stripe", objects::claimDue);
    }

    /** Runs soon, on this instance. */
    public void wake() {
        workers.wake();
    }

    @Override
    public String name() {
        return "stripe-sync";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /** Begins with what is due, and does not wait for it: the next run takes what is due then. */
    @Override
    public Uni<Void> run() {
        workers.wake();
        return Uni.createFrom().voidItem();
    }
}
