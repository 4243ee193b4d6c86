package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Workers of a queue that is a table. Each claims one item, works on it, and claims the next. So an item that Stripe is slow
 * with holds up no other.
 */
final class QueueWorkers {

    private static final Logger LOG = Logger.getLogger(QueueWorkers.class);

    /** Two queues have them, so that a third of the client's threads is left to requests. */
    private static final int AT_ONCE = 8;

    private final String queue;
    private final Supplier<Uni<Optional<Uni<Void>>>> claim;
    private final AtomicInteger running = new AtomicInteger();
    /** Whether a call found all of them busy. Its item may have come after their last look. */
    private final AtomicBoolean missed = new AtomicBoolean();

    /**
     * @param queue what a failure is logged for
     * @param claim claims an item; returns the work on it, which does not fail; empty when no item is due
     */
    QueueWorkers(String queue, Supplier<Uni<Optional<Uni<Void>>>> claim) {
        this.queue = queue;
        this.claim = claim;
    }

    /** Begins with what is due, and does not wait for it. */
    void wake() {
        if (running.incrementAndGet() > AT_ONCE) {
            running.decrementAndGet();
            missed.set(true);
            return;
        }
        Uni.createFrom()
                .deferred(claim::get)
                .chain(claimed -> claimed.map(work -> {
                            // There may be another one.
                            wake();
                            return work.replaceWith(true);
                        })
                        .orElseGet(() -> Uni.createFrom().item(false)))
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .onTermination()
                .invoke(this::end)
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("%s failed, next run soon: %s", queue, failure));
    }

    private void end() {
        running.decrementAndGet();
        if (missed.getAndSet(false)) {
            wake();
        }
    }
}
