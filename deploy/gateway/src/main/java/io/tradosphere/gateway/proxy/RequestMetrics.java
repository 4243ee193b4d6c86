package io.tradosphere.gateway.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tradosphere.gateway.route.Service;
import io.tradosphere.http.ProblemKind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The metrics of proxied requests by service and status class: {@code
 * tradosphere_gateway_requests_seconds{service,status}}.
 */
@Singleton
public class RequestMetrics {

    /** In place of a status: the client disconnected before there was one. */
    static final int DISCONNECTED = 0;

    private static final String[] CLASSES = {"left", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Service, Timer[]> timers = new IdentityHashMap<>();
    private final Map<ProblemKind, Counter> refusals = new ConcurrentHashMap<>();

    /** Registers every meter at startup, so that no request looks one up by its tags. */
    RequestMetrics(MeterRegistry registry, InFlightRequests inFlight) {
        this.registry = registry;
        for (Service service : Service.all()) {
            Timer[] ofService = new Timer[CLASSES.length];
            for (int i = 0; i < CLASSES.length; i++) {
                ofService[i] = Timer.builder("tradosphere.gateway.requests")
                        .description("Time until the response began")
                        .tag("service", service.id())
                        .tag("status", CLASSES[i])
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
            }
            timers.put(service, ofService);
        }
        refusals.put(ProblemKind.RATE_LIMITED, refusals(ProblemKind.RATE_LIMITED));
        Gauge.builder("tradosphere.gateway.underway", inFlight, InFlightRequests::ordinary)
                .description("Requests in flight, without event streams")
                .register(registry);
        Gauge.builder("tradosphere.gateway.streams", inFlight, InFlightRequests::streams)
                .description("Open event streams")
                .register(registry);
    }

    /**
     * Counts one request.
     *
     * @param status of the response, or {@link #DISCONNECTED}
     * @param startNanos when the request arrived
     */
    void ended(Service service, int status, long startNanos) {
        int statusClass = Math.max(0, Math.min(CLASSES.length - 1, status / 100));
        timers.get(service)[statusClass].record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    /** Counts a request that the gateway has refused itself. */
    public void refused(ProblemKind kind) {
        refusals.computeIfAbsent(kind, this::refusals).increment();
    }

    private Counter refusals(ProblemKind kind) {
        return Counter.builder("tradosphere.gateway.refusals")
                .description("Requests that the gateway has refused itself, such as by a rate limit")
                .tag("problem", kind.id())
                .register(registry);
    }
}
