package io.tradosphere.platform.db;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** A histogram of how many requests share a statement. */
final class BatchSizes {

    private static final double[] BUCKETS = {1, 2, 4, 8, 16, 32, 64};

    private final DistributionSummary sizes;

    /** @param kind {@code read} or {@code write} */
    BatchSizes(MeterRegistry registry, String kind) {
        sizes = DistributionSummary.builder("tradosphere.batch.requests")
                .description("Requests of each batch that was sent to the database")
                .tag("kind", kind)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Counts a batch, and returns it. */
    <A> List<A> counted(List<A> batch) {
        sizes.record(batch.size());
        return batch;
    }
}
