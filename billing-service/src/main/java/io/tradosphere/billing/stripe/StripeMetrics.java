package io.tradosphere.billing.stripe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The metrics of the calls to Stripe. */
@ApplicationScoped
class StripeMetrics {

    /** Stripe did as it was told. */
    static final String OK = "ok";
    /** Stripe refused the call. */
    static final String REFUSED = "refused";
    /** Stripe is away, too busy, or refuses the key. */
    static final String AWAY = "away";

    private final MeterRegistry registry;
    private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;

    StripeMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder(
                        "tradosphere.stripe.breaker.open",
                        this,
                        metrics -> metrics.breaker.equals(CircuitBreakerState.CLOSED) ? 0 : 1)
                .description("1 while no calls, or only trial calls, are made to Stripe")
                .register(registry);
    }

    /** Has the gauge registered before the first call. */
    void register(@Observes StartupEvent started) {
        breaker = CircuitBreakerState.CLOSED;
    }

    void breaker(CircuitBreakerState state) {
        breaker = state;
    }

    /** Begins to measure one attempt. */
    Timer.Sample begin() {
        return Timer.start(registry);
    }

    /**
     * Ends the measurement.
     *
     * @param resource of Stripe, one of those that the code names
     */
    void end(Timer.Sample attempt, String resource, String outcome) {
        attempt.stop(Timer.builder("tradosphere.stripe.calls")
                .description("Attempts to call Stripe, without the wait for the rate limit")
                .tag("resource", resource)
                .tag("outcome", outcome)
                .register(registry));
    }
}
