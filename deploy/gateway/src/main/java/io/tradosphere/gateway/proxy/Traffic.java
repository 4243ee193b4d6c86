package io.tradosphere.gateway.proxy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tradosphere.gateway.route.Service;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What passed, by service and status class: {@code tradosphere_gateway_requests_seconds{service,status}}. */
@Singleton
public class Traffic {

    /** In place of a status: the client was gone before there was one to tell it. */
    static final int LEFT = 0;

    private static final String[] CLASSES = {"left", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Map<Service, Timer[]> timers = new EnumMap<>(Service.class);

    /** Registers every meter beforehand, so that nothing is looked up by tags per request. */
    Traffic(MeterRegistry registry, UnderWay underWay) {
        for (Service service : Service.values()) {
            Timer[] ofService = new Timer[CLASSES.length];
            for (int i = 0; i < CLASSES.length; i++) {
                ofService[i] = Timer.builder("tradosphere.gateway.requests")
                        .description("Until the answer began")
                        .tag("service", service.id())
                        .tag("status", CLASSES[i])
                        .register(registry);
            }
            timers.put(service, ofService);
        }
        Gauge.builder("tradosphere.gateway.underway", underWay, UnderWay::ordinary)
                .description("Requests passed on and not yet answered, event streams aside")
                .register(registry);
        Gauge.builder("tradosphere.gateway.streams", underWay, UnderWay::streams)
                .description("Event streams under way")
                .register(registry);
    }

    /**
     * Counts one request.
     *
     * @param status of the answer, or {@link #LEFT}
     * @param startNanos when the request arrived
     */
    void ended(Service service, int status, long startNanos) {
        int statusClass = Math.max(0, Math.min(CLASSES.length - 1, status / 100));
        timers.get(service)[statusClass].record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
}
