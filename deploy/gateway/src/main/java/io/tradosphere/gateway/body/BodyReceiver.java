package io.tradosphere.gateway.body;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.GatewayConfig.BodyConfig;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A receiver of request bodies. A slow client occupies no connection to a service, since a body arrives completely
 * first. All bodies together have a limit of memory and of disk. One address may have few slow bodies at once.
 */
@Singleton
public class BodyReceiver {

    private final Vertx vertx;
    private final BodyConfig config;
    private final Budget memory;
    private final Budget disk;
    private final ConcurrentMap<String, Integer> slow = new ConcurrentHashMap<>();

    BodyReceiver(Vertx vertx, GatewayConfig config, MeterRegistry registry) {
        this.vertx = vertx;
        this.config = config.body();
        this.memory = new Budget(this.config.memory().asLongValue());
        this.disk = new Budget(this.config.disk().asLongValue());
        Gauge.builder("tradosphere.gateway.body.memory", memory, Budget::used)
                .description("Request bodies in memory")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tradosphere.gateway.body.disk", disk, Budget::used)
                .description("Request bodies in temporary files")
                .baseUnit("bytes")
                .register(registry);
    }

    /** The problem for a body over the limit. */
    public static Problem tooLarge(long limit) {
        return ProblemKind.BODY_TOO_LARGE.because("The limit is " + limit + " bytes. Send a smaller body.");
    }

    /**
     * Receives the body of a request.
     *
     * @param limit the largest number of bytes
     * @param address the client's address
     * @return fails with {@link BodyRefused}, or otherwise when the client disconnected
     */
    public Future<ReceivedBody> receive(HttpServerRequest request, long limit, String address) {
        return new Reception(this, request, limit, address).begin();
    }

    Vertx vertx() {
        return vertx;
    }

    BodyConfig config() {
        return config;
    }

    Budget memory() {
        return memory;
    }

    Budget disk() {
        return disk;
    }

    /** Counts a slow body of an address. False, and it is not counted, when the address has too many. */
    boolean becameSlow(String address) {
        boolean[] counted = new boolean[1];
        slow.compute(address, (key, count) -> {
            int others = count == null ? 0 : count;
            counted[0] = others < config.slowPerAddress();
            return counted[0] ? Integer.valueOf(others + 1) : count;
        });
        return counted[0];
    }

    void slowEnded(String address) {
        slow.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
