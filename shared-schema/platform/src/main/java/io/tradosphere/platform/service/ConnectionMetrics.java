package io.tradosphere.platform.service;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * A filter that leaves out two gauges of database connections. Each connection of a pool registers them anew, so they would show the
 * first connection alone, and the second would log a warning. The pool's own metrics, {@code sql.pool.*}, show all connections.
 */
@Singleton
class ConnectionMetrics {

    private static final Set<String> OF_THE_FIRST_CONNECTION = Set.of("postgresql.queue.size", "postgresql.current");

    /** The filter. */
    @Produces
    @Singleton
    MeterFilter withoutGaugesOfOneConnection() {
        return MeterFilter.deny(meter -> OF_THE_FIRST_CONNECTION.contains(meter.getName()));
    }
}
