package io.tradosphere.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.GatewayConfig.RateLimitConfig;
import io.tradosphere.gateway.GatewayConfig.Switch;
import io.tradosphere.gateway.proxy.TrustedProxies;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A rate limiter of requests: token buckets of one minute for each access token, and for each address without one.
 * The gateway does not verify tokens, so all tokens of an address share one more, larger bucket.
 */
@Singleton
public class RateLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence STATE = HttpHeaders.createOptimized("RateLimit");

    /** Payment and streaming providers send bursts. Their service limits them after it has verified the signature. */
    private static final String WEBHOOKS = "/v1/webhooks/";

    private static final Pattern VIEWS = Pattern.compile("/v1/signals/[^/]+/views/?");

    private final boolean on;
    private final TrustedProxies trusted;
    private final Quota reads;
    private final Quota writes;
    private final Quota anonymousReads;
    private final Quota anonymousWrites;
    private final Quota anonymousViews;
    private final Quota address;
    private final Cache<Key, Bucket> buckets;

    /**
     * What a bucket counts.
     *
     * @param quota the policy
     * @param client an address, or the hash of a token
     */
    private record Key(Quota quota, Object client) {}

    /**
     * The policy of a kind of request.
     *
     * @param name its name in the headers
     * @param perMinute how many requests are allowed
     * @param header the value of {@code RateLimit-Policy}
     */
    private record Quota(String name, int perMinute, String header) {

        static Quota of(String name, int perMinute) {
            return new Quota(name, perMinute, "\"" + name + "\";q=" + perMinute + ";w=" + WINDOW.toSeconds());
        }

        Bucket newBucket() {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW))
                    .build();
        }
    }

    RateLimiter(GatewayConfig gateway, TrustedProxies trusted) {
        RateLimitConfig config = gateway.rateLimit();
        this.on = config.mode() == Switch.ON;
        this.trusted = trusted;
        this.reads = Quota.of("reads", config.reads());
        this.writes = Quota.of("writes", config.writes());
        this.anonymousReads = Quota.of("anonymous-reads", config.anonymousReads());
        this.anonymousWrites = Quota.of("anonymous-writes", config.anonymousWrites());
        this.anonymousViews = Quota.of("anonymous-views", config.anonymousViews());
        this.address = Quota.of("address", config.address());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(config.counted())
                .expireAfterAccess(FORGET_AFTER)
                .build();
    }

    /**
     * Counts a request and sets the headers of its response.
     *
     * @param path raw path without query
     * @return the problem when the request is over a limit, otherwise null
     */
    public Problem count(HttpServerRequest request, String path) {
        if (!on || path.startsWith(WEBHOOKS)) {
            return null;
        }
        String client = trusted.clientOf(request);
        TokenHash token = TokenHash.of(request.getHeader(HttpHeaders.AUTHORIZATION));
        boolean read = request.method().equals(HttpMethod.GET)
                || request.method().equals(HttpMethod.HEAD)
                || request.method().equals(HttpMethod.OPTIONS);
        if (token == null) {
            return take(request, anonymous(read, path), client);
        }
        ConsumptionProbe ofAddress = bucket(address, client).tryConsumeAndReturnRemaining(1);
        if (!ofAddress.isConsumed()) {
            return report(request, address, ofAddress);
        }
        return take(request, read ? reads : writes, token);
    }

    private Quota anonymous(boolean read, String path) {
        if (read) {
            return anonymousReads;
        }
        return VIEWS.matcher(path).matches() ? anonymousViews : anonymousWrites;
    }

    private Problem take(HttpServerRequest request, Quota quota, Object client) {
        return report(request, quota, bucket(quota, client).tryConsumeAndReturnRemaining(1));
    }

    private Bucket bucket(Quota quota, Object client) {
        return buckets.get(new Key(quota, client), key -> key.quota().newBucket());
    }

    private static Problem report(HttpServerRequest request, Quota quota, ConsumptionProbe probe) {
        boolean allowed = probe.isConsumed();
        long wait = seconds(allowed ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
        request.response()
                .putHeader(POLICY, quota.header())
                .putHeader(STATE, "\"" + quota.name() + "\";r=" + probe.getRemainingTokens() + ";t=" + wait);
        if (allowed) {
            return null;
        }
        request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        String detail = "The limit \"%s\" is %d requests a minute. Try again in %d s."
                .formatted(quota.name(), quota.perMinute(), wait);
        return ProblemKind.RATE_LIMITED.because(detail);
    }

    private static long seconds(long nanos) {
        return (nanos + NANOS - 1) / NANOS;
    }
}
