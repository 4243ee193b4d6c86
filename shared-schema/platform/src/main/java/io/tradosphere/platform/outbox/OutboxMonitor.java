package io.tradosphere.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * A scheduled job that measures the outbox for the metrics. It runs in every replica, so the age of the outbox is visible also
 * while no replica holds the lease.
 */
@ApplicationScoped
class OutboxMonitor implements ScheduledJob {

    /** By id, which the index has in order. Ids come from a sequence, so the lowest one is about the oldest. */
    private static final String MEASURE = """
            SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM outbox ORDER BY id LIMIT 1), 0)::float8,
              (SELECT count(*) FROM outbox_parked)
            """;

    private final SliceDatabase slice;
    private volatile double oldestAgeSeconds;
    private volatile double parked;

    OutboxMonitor(SliceDatabase slice, MeterRegistry metrics) {
        this.slice = slice;
        Gauge.builder("tradosphere.outbox.oldest.age.seconds", this, monitor -> monitor.oldestAgeSeconds)
                .description("Age of the oldest event that is not in Kafka yet; NaN while the database is unavailable")
                .register(metrics);
        Gauge.builder("tradosphere.outbox.parked", this, monitor -> monitor.parked)
                .description(
                        "Events that cannot be published, in the table outbox_parked; NaN while the database is unavailable")
                .register(metrics);
    }

    @Override
    public String name() {
        return "outbox metrics";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(MEASURE)
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    oldestAgeSeconds = row.getDouble(0);
                    parked = row.getLong(1);
                })
                .onFailure()
                .invoke(unavailable -> {
                    oldestAgeSeconds = Double.NaN;
                    parked = Double.NaN;
                })
                .replaceWithVoid();
    }
}
