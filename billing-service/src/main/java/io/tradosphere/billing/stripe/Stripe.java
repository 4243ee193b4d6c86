package io.tradosphere.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * A client of Stripe. A call runs on a thread of its own pool, since stripe-java blocks. It is paced, timed out, and
 * repeated while Stripe is away; so whatever it changes needs an idempotency key ({@link #once}).
 */
@ApplicationScoped
public class Stripe {

    /** Two queues have eight workers each; the others are for requests and comparisons. */
    private static final int THREADS = 24;

    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 8_000;
    private static final int ATTEMPT_MILLIS = 12_000;
    private static final int BREAK_SECONDS = 5;
    private static final TypeLiteral<Uni<Object>> ANY = new TypeLiteral<>() {};

    private final V1Services client;
    private final StripePace pace;
    private final WorkerExecutor threads;
    private final Guard guard;
    private final StripeMetrics metrics;
    /** Why the latest call failed that Stripe answered, or that did not reach it. */
    private volatile String lastFailure = "no answer";

    /** A blocking call. */
    @FunctionalInterface
    public interface Call<T> {
        /** Calls Stripe by stripe-java. */
        T on(V1Services stripe) throws StripeException;
    }

    Stripe(StripeConfig config, StripeMetrics metrics, Vertx vertx) {
        this.metrics = metrics;
        String key = config.secretKey().orElse("");
        client = key.isEmpty()
                ? null
                : StripeClient.builder()
                        .setApiKey(key)
                        .setApiBase(config.apiBase())
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setReadTimeout(READ_MILLIS)
                        // The guard repeats: it knows the breaker, and is paced.
                        .setMaxNetworkRetries(0)
                        .build()
                        .v1();
        pace = new StripePace(key.contains("_live_"), config.callsPerSecond());
        threads = vertx.createSharedWorkerExecutor("stripe", THREADS);
        guard = Guard.create()
                .withDescription("stripe")
                .withTimeout()
                .duration(ATTEMPT_MILLIS, ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .when(Stripe::isAway)
                .requestVolumeThreshold(20)
                .failureRatio(0.5)
                .delay(BREAK_SECONDS, ChronoUnit.SECONDS)
                .onStateChange(metrics::breaker)
                .done()
                .withRetry()
                .maxRetries(2)
                .delay(200, ChronoUnit.MILLIS)
                .jitter(100, ChronoUnit.MILLIS)
                .maxDuration(20, ChronoUnit.SECONDS)
                .retryOn(StripeUnavailable.class)
                .done()
                .build();
    }

    /** Options of a call that must not happen twice: Stripe answers a second call with the same parts as it did the first. */
    public static RequestOptions once(Object... parts) {
        StringBuilder key = new StringBuilder("tradosphere");
        for (Object part : parts) {
            key.append('-').append(part);
        }
        return RequestOptions.builder().setIdempotencyKey(key.toString()).build();
    }

    /**
     * Calls Stripe.
     *
     * @param endpoint Stripe's resource, such as {@code subscriptions}, whose rate it counts toward
     * @throws StripeUnavailable when Stripe is away, too busy or refuses the key
     * @throws StripeRefused when Stripe refuses the call
     */
    @SuppressWarnings("unchecked") // The guard passes on what it is given.
    public <T> Uni<T> call(String endpoint, Call<T> call) {
        if (client == null) {
            return Uni.createFrom().failure(new StripeNotConfigured());
        }
        return Uni.createFrom()
                .deferred(() -> (Uni<T>) guard.get(() -> (Uni<Object>) attempt(endpoint, call), ANY))
                .onFailure(TimeoutException.class)
                .transform(failure ->
                        new StripeUnavailable("Stripe did not answer within " + ATTEMPT_MILLIS / 1_000 + " s", failure))
                .onFailure(CircuitBreakerOpenException.class)
                .transform(failure -> new StripeUnavailable(
                        "Stripe is not called for " + BREAK_SECONDS + " s, since most calls failed; the last one: "
                                + lastFailure,
                        failure));
    }

    private <T> Uni<T> attempt(String endpoint, Call<T> call) {
        return UniHelper.toUni(threads.executeBlocking(() -> blocking(endpoint, call), false))
                .onFailure(StripeUnavailable.class)
                .invoke(failure -> lastFailure = failure.getMessage());
    }

    private <T> T blocking(String endpoint, Call<T> call) throws InterruptedException {
        if (!pace.await(endpoint)) {
            throw new StripeUnavailable("Too many calls wait for Stripe's rate limit", null);
        }
        Timer.Sample attempt = metrics.begin();
        String outcome = StripeMetrics.AWAY;
        try {
            T result = call.on(client);
            outcome = StripeMetrics.OK;
            return result;
        } catch (StripeException failure) {
            RuntimeException known = StripeErrors.of(failure);
            outcome = known instanceof StripeUnavailable ? StripeMetrics.AWAY : StripeMetrics.REFUSED;
            throw known;
        } finally {
            metrics.end(attempt, endpoint, outcome);
        }
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof StripeUnavailable || failure instanceof TimeoutException;
    }
}
