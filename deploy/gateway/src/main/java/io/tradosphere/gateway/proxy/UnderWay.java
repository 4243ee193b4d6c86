package io.tradosphere.gateway.proxy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.tradosphere.gateway.GatewayConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The requests being passed on. A shutdown waits for them before the port is closed; event streams would never end by
 * themselves, so they are ended, and their clients connect to another gateway.
 *
 * <p>Quarkus' own count of open requests never falls for a client that left in the middle of an answer
 * ({@code HttpServerResponse.reset} tells none of the handlers it counts by), and a shutdown would always last its
 * whole time-out.
 */
@Singleton
public class UnderWay {

    private static final Logger LOG = Logger.getLogger(UnderWay.class);

    private final AtomicInteger ordinary = new AtomicInteger();
    private final Set<HttpServerRequest> streams = ConcurrentHashMap.newKeySet();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration patience;
    private volatile boolean closing;

    @Inject
    UnderWay(GatewayConfig config) {
        this(config.shutdownTimeout());
    }

    /** @param patience how long a shutdown waits */
    UnderWay(Duration patience) {
        this.patience = patience;
    }

    void began() {
        ordinary.incrementAndGet();
    }

    void ended() {
        if (ordinary.decrementAndGet() == 0 && closing) {
            done.countDown();
        }
    }

    /** From here on it is a stream, which nobody waits for. */
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

    /** How many requests are being passed on, event streams aside. */
    int ordinary() {
        return ordinary.get();
    }

    /** How many event streams there are. */
    int streams() {
        return streams.size();
    }

    /** Whether clients should open a new connection for their next request. */
    boolean isClosing() {
        return closing;
    }

    void close(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        closing = true;
        streams.forEach(request -> request.connection().close());
        if (ordinary.get() > 0 && !done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("%d requests were not answered within %s of the shutdown", ordinary.get(), patience);
        }
    }
}
