package io.tradosphere.billing.stripe;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A limiter of calls to Stripe. Stripe allows 100 a second for a live key and 25 for each endpoint, and 25 in all for a
 * test key.
 */
final class StripePace {

    private static final int LIVE = 100;
    private static final int ENDPOINT = 25;
    private static final int TEST = 25;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Bucket overall;
    private final int perEndpoint;
    private final ConcurrentMap<String, Bucket> endpoints = new ConcurrentHashMap<>();

    /**
     * @param live whether the key is a live one
     * @param agreed the limit that Stripe has set for this account instead; empty for the usual ones
     */
    StripePace(boolean live, OptionalInt agreed) {
        overall = perSecond(agreed.orElse(live ? LIVE : TEST));
        perEndpoint = agreed.orElse(ENDPOINT);
    }

    /**
     * Waits on this thread until a call may be sent.
     *
     * @param endpoint Stripe's resource, such as {@code subscriptions}
     * @return false when too many calls wait already
     */
    boolean await(String endpoint) throws InterruptedException {
        return endpoints
                        .computeIfAbsent(endpoint, any -> perSecond(perEndpoint))
                        .asBlocking()
                        .tryConsume(1, LONGEST_WAIT)
                && overall.asBlocking().tryConsume(1, LONGEST_WAIT);
    }

    private static Bucket perSecond(int calls) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(calls).refillGreedy(calls, Duration.ofSeconds(1)))
                .build();
    }
}
