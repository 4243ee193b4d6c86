package io.tradosphere.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tradosphere.platform.db.Slice;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka, in order, and deletes what the broker has acknowledged. One replica does it at a time, the one
 * that holds the slice's lease; the others stand by. A thread of its own, since a Kafka producer may block.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    /** How often a replica that does not lead tries for the lease. */
    private static final long TRY_MILLIS = 1_000;
    /** How often the one that leads looks though nobody has told it of news: a replica may have died before it could. */
    private static final long LOOK_MILLIS = 5_000;

    private static final long NOTIFY_COALESCING_MILLIS = 5;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Slice slice;
    private final Vertx vertx;
    private final int batchSize;
    private final KafkaPublisher publisher;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicBoolean notifying = new AtomicBoolean();
    private volatile boolean leading;
    private volatile boolean stopping;
    private volatile Instant oldestPending;
    private Thread thread;

    OutboxRelay(
            Slice slice,
            RelaySignal signal,
            Vertx vertx,
            MeterRegistry metrics,
            KafkaPublisher publisher,
            @ConfigProperty(name = "tradosphere.relay.batch-size", defaultValue = "1000") int batchSize) {
        this.slice = slice;
        this.vertx = vertx;
        this.publisher = publisher;
        this.batchSize = batchSize;
        signal.listenWith(this::committed);
        Gauge.builder("tradosphere.outbox.oldest.age.seconds", this, OutboxRelay::oldestAgeSeconds)
                .description("Age of the oldest event that is not in Kafka yet, as the leading relay sees it")
                .register(metrics);
        Gauge.builder("tradosphere.relay.leader", this, relay -> relay.leading ? 1 : 0)
                .description("1 in the replica whose relay holds the slice's lease")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        thread = new Thread(this::run, "outbox-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs after the last request: what it committed is still sent, then the lease goes to another replica. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        wakes.release();
        if (thread != null) {
            thread.join(FAREWELL.plusSeconds(2).toMillis());
        }
    }

    private void run() {
        long pause = TRY_MILLIS;
        while (!stopping) {
            try (RelayLease lease = RelayLease.tryAcquire(slice, wakes::release)) {
                if (lease == null) {
                    pause(TRY_MILLIS);
                    continue;
                }
                LOG.infof("Relay of slice %s: this replica leads", slice.name());
                leading = true;
                lead(lease);
                pause = TRY_MILLIS;
            } catch (RuntimeException trouble) {
                if (!stopping) {
                    LOG.warnf("Relay of slice %s rests for %d ms: %s", slice.name(), pause, trouble.getMessage());
                    pause(pause);
                    pause = Math.min(pause * 2, 5_000);
                }
            } finally {
                leading = false;
            }
        }
        publisher.close();
    }

    private void lead(RelayLease lease) {
        OutboxQueue queue = new OutboxQueue(lease, batchSize);
        Instant end = null;
        while (true) {
            List<OutboxRow> batch = queue.next();
            oldestPending = batch.isEmpty() ? null : batch.get(0).createdAt();
            if (!batch.isEmpty()) {
                publisher.publish(batch);
                queue.delete(batch);
                oldestPending = null;
            }
            if (stopping) {
                end = end == null ? Instant.now().plus(FAREWELL) : end;
                if (batch.isEmpty() || Instant.now().isAfter(end)) {
                    return;
                }
            } else if (batch.size() < batchSize) {
                pause(LOOK_MILLIS);
            }
        }
    }

    private void committed() {
        if (leading) {
            if (wakes.availablePermits() == 0) {
                wakes.release();
            }
        } else if (notifying.compareAndSet(false, true)) {
            // In a transaction of its own: a NOTIFY takes a lock on the whole cluster when its transaction commits.
            vertx.setTimer(NOTIFY_COALESCING_MILLIS, timer -> {
                notifying.set(false);
                slice.workOnce("SELECT pg_notify($1, '')", RelayLease.channel(slice))
                        .subscribe()
                        .with(
                                sent -> {},
                                failure -> LOG.debugf("The relay finds out by its poll: %s", failure.getMessage()));
            });
        }
    }

    private void pause(long millis) {
        try {
            if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private double oldestAgeSeconds() {
        Instant oldest = oldestPending;
        return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
    }
}
