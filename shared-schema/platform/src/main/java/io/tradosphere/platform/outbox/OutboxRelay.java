package io.tradosphere.platform.outbox;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tradosphere.platform.db.SliceDatabase;
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
 * The outbox relay: publishes outbox rows to Kafka in order and deletes acknowledged rows. A row that can never be published is
 * parked. Only the replica that holds the slice's lease publishes. It has its own thread, since a Kafka producer may block.
 */
@ApplicationScoped
class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    /** How often a standby replica tries to acquire the lease. */
    private static final long ACQUIRE_INTERVAL_MILLIS = 1_000;
    /** How often the leader polls without a notification: a replica may crash between commit and notification. */
    private static final long POLL_INTERVAL_MILLIS = 5_000;

    private static final long NOTIFY_COALESCING_MILLIS = 5;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

    private final SliceDatabase slice;
    private final Vertx vertx;
    private final int batchSize;
    private final KafkaPublisher publisher;
    private final DistributionSummary published;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicBoolean notifying = new AtomicBoolean();
    private volatile boolean leading;
    private volatile boolean stopping;
    private Thread thread;

    OutboxRelay(
            SliceDatabase slice,
            CommitNotifier commits,
            Vertx vertx,
            MeterRegistry metrics,
            KafkaPublisher publisher,
            @ConfigProperty(name = "tradosphere.relay.batch-size", defaultValue = "1000") int batchSize) {
        this.slice = slice;
        this.vertx = vertx;
        this.publisher = publisher;
        this.batchSize = batchSize;
        commits.listenWith(this::committed);
        Gauge.builder("tradosphere.relay.leader", this, relay -> relay.leading ? 1 : 0)
                .description("1 in the replica whose relay holds the slice's lease")
                .register(metrics);
        published = DistributionSummary.builder("tradosphere.relay.batch.events")
                .description("Events of each batch that this relay has published")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        thread = new Thread(this::run, "outbox-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs after the last request: publishes its remaining events, then releases the lease. */
    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        wakes.release();
        if (thread != null) {
            thread.join(DRAIN_TIMEOUT.plusSeconds(2).toMillis());
        }
    }

    private void run() {
        long backoff = ACQUIRE_INTERVAL_MILLIS;
        while (!stopping) {
            try (RelayLease lease = RelayLease.tryAcquire(slice, wakes::release)) {
                if (lease == null) {
                    awaitWake(ACQUIRE_INTERVAL_MILLIS);
                    continue;
                }
                LOG.infof("Relay of slice %s: this replica holds the lease", slice.name());
                leading = true;
                lead(lease);
                backoff = ACQUIRE_INTERVAL_MILLIS;
            } catch (RuntimeException failure) {
                if (!stopping) {
                    LOG.warnf("Relay of slice %s retries in %d ms: %s", slice.name(), backoff, failure.getMessage());
                    awaitWake(backoff);
                    backoff = Math.min(backoff * 2, 5_000);
                }
            } finally {
                leading = false;
            }
        }
        publisher.close();
    }

    private void lead(RelayLease lease) {
        OutboxQueue queue = new OutboxQueue(lease, batchSize);
        Instant deadline = null;
        while (true) {
            List<OutboxRow> batch = queue.next();
            if (!publishAndRenew(lease, queue, batch)) {
                LOG.infof("Relay of slice %s: another replica holds the lease now", slice.name());
                return;
            }
            if (stopping) {
                deadline = deadline == null ? Instant.now().plus(DRAIN_TIMEOUT) : deadline;
                if (batch.isEmpty() || Instant.now().isAfter(deadline)) {
                    return;
                }
            } else if (!queue.mayHaveMoreAfter(batch)) {
                awaitWake(POLL_INTERVAL_MILLIS);
            }
        }
    }

    private boolean publishAndRenew(RelayLease lease, OutboxQueue queue, List<OutboxRow> batch) {
        if (batch.isEmpty()) {
            return lease.renew();
        }
        List<Refusal> refused = publisher.publish(batch);
        published.record(batch.size() - refused.size());
        for (Refusal refusal : refused) {
            OutboxRow row = refusal.row();
            LOG.errorf(
                    "Relay of slice %s parks event %d of type %s for topic %s: %s",
                    slice.name(), row.id(), row.type(), row.topic(), refusal.reason());
        }
        return queue.complete(batch, refused);
    }

    private void committed() {
        if (leading) {
            if (wakes.availablePermits() == 0) {
                wakes.release();
            }
        } else if (notifying.compareAndSet(false, true)) {
            // In its own transaction: NOTIFY takes a cluster-wide lock at commit.
            vertx.setTimer(NOTIFY_COALESCING_MILLIS, timer -> {
                notifying.set(false);
                slice.asWorker("SELECT pg_notify($1, '')", RelayLease.channel(slice))
                        .subscribe()
                        .with(
                                sent -> {},
                                failure -> LOG.debugf("NOTIFY failed, the relay will poll: %s", failure.getMessage()));
            });
        }
    }

    private void awaitWake(long millis) {
        try {
            if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
