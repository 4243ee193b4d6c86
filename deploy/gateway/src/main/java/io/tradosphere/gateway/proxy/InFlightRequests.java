package io.tradosphere.gateway.proxy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.tradosphere.gateway.GatewayConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * A counter of the requests in flight. A shutdown waits for them before it closes the port. Event streams do not end
 * by themselves. A shutdown ends them in waves, and their clients connect to another gateway.
 *
 * <p>Quarkus' own counter does not decrease for a client that disconnects during a response. {@code
 * HttpServerResponse.reset} does not call the handlers that it counts by. A shutdown would then always last for its
 * whole time-out.
 */
@Singleton
public class InFlightRequests {

    private static final Logger LOG = Logger.getLogger(InFlightRequests.class);

    /** So many, so that not all clients come back at once. messaging-service ends its own in the same way. */
    private static final int WAVES = 20;

    private static final Duration BETWEEN_WAVES = Duration.ofMillis(100);

    private final AtomicInteger ordinary = new AtomicInteger();
    private final Set<HttpServerRequest> streams = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration timeout;
    private volatile boolean closing;

    @Inject
    InFlightRequests(GatewayConfig config) {
        this(config.shutdownTimeout());
    }

    /** @param timeout how long a shutdown waits */
    InFlightRequests(Duration timeout) {
        this.timeout = timeout;
    }

    void began() {
        ordinary.incrementAndGet();
    }

    void ended() {
        if (ordinary.decrementAndGet() == 0 && closing) {
            done.countDown();
        }
    }

    /** Marks a request as a stream. A shutdown does not wait for streams. */
    void becameStream(HttpServerRequest request) {
        streams.add(request);
        ended();
        if (closing) {
            request.connection().close();
        }
    }

    void endedStream(HttpServerRequest request) {
        streams.remove(request);
    }

    /** How many requests are in flight, without event streams. */
    int ordinary() {
        return ordinary.get();
    }

    /** How many event streams are open. */
    int streams() {
        return streams.size();
    }

    /** Whether clients should open a new connection for their next request. */
    boolean isClosing() {
        return closing;
    }

    void close(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        closing = true;
        closeStreams();
        if (ordinary.get() > 0 && !done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("%d requests were still in flight %s after the shutdown began", ordinary.get(), timeout);
        }
    }

    private void closeStreams() throws InterruptedException {
        List<HttpServerRequest> open = List.copyOf(streams);
        int wave = open.size() / WAVES + 1;
        for (int from = 0; from < open.size(); from += wave) {
            if (from > 0) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_WAVES.toMillis());
            }
            open.subList(from, Math.min(from + wave, open.size()))
                    .forEach(request -> request.connection().close());
        }
    }
}
