package io.tradosphere.gateway.proxy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.tradosphere.gateway.GatewayConfig.UpstreamConfig;
import io.tradosphere.gateway.route.Service;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** A service's replicas, asked in turn; one that refuses connections is passed over for a while. */
public final class Upstream {

    private static final Logger LOG = Logger.getLogger(Upstream.class);

    /**
     * A kept connection may be closed just as it is handed out; that says nothing about whether the replica is there,
     * and a new one is made for the next attempt.
     */
    private static final int MAX_STALE = 3;

    /** No replica. */
    private static final int NONE = -1;

    private final Service service;
    private final Replica[] replicas;
    private final Duration downFor;
    private final AtomicInteger turn = new AtomicInteger();

    private Upstream(Service service, Replica[] replicas, Duration downFor) {
        this.service = service;
        this.replicas = replicas;
        this.downFor = downFor;
    }

    /**
     * The service at a list of addresses.
     *
     * @param urls comma separated
     * @throws ConfigurationException naming the variable, when an address is unusable
     */
    static Upstream of(Service service, String urls, UpstreamConfig config) {
        Replica[] replicas = Arrays.stream(urls.split(",", -1))
                .filter(url -> !url.isBlank())
                .map(url -> Replica.at(url, service, config))
                .toArray(Replica[]::new);
        if (replicas.length == 0) {
            throw new ConfigurationException("Set " + service.urlVariable() + " to the address of " + service.id()
                    + ", such as http://" + service.id() + ":8080");
        }
        return new Upstream(service, replicas, config.downFor());
    }

    /** Who answers. */
    public Service service() {
        return service;
    }

    /**
     * A request to whichever replica accepts a connection: each is asked before it is given up. Nothing of the request
     * has been sent yet.
     *
     * @return fails when no replica accepts one, or none is free in time
     */
    Future<HttpClientRequest> connect(HttpClient client) {
        int first = replicas.length == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), replicas.length);
        BitSet asked = new BitSet(replicas.length);
        return connect(client, next(first, asked), asked, MAX_STALE);
    }

    /** Passes over, for a while, the replica that cut a request off: others of its connections may be dead as well. */
    void suspect(HttpClientRequest cut) {
        for (Replica replica : replicas) {
            if (replica.isTargetOf(cut)) {
                replica.down(System.nanoTime(), downFor);
            }
        }
    }

    /**
     * Where all that are left are down it is the one whose turn it is, since one of them may just have come back.
     *
     * @return of a replica not yet asked, or {@link #NONE}
     */
    private int next(int first, BitSet asked) {
        long now = System.nanoTime();
        int last = NONE;
        for (int i = 0; i < replicas.length; i++) {
            int candidate = (first + i) % replicas.length;
            if (!asked.get(candidate)) {
                if (!replicas[candidate].isDown(now)) {
                    return candidate;
                }
                last = last == NONE ? candidate : last;
            }
        }
        return last;
    }

    /**
     * @param asked which replicas this request has tried
     * @param stale how many kept connections of this one may turn out to be closed
     */
    private Future<HttpClientRequest> connect(HttpClient client, int index, BitSet asked, int stale) {
        asked.set(index);
        Replica replica = replicas[index];
        Future<HttpClientRequest> request = client.request(replica.options());
        if (replica.isRefusing()) {
            request.onSuccess(accepted -> back(replica));
        }
        return request.recover(failure -> {
            if (isCrowded(failure)) {
                return Future.failedFuture(failure);
            }
            if (failure instanceof HttpClosedException && stale > 0) {
                return connect(client, index, asked, stale - 1);
            }
            refused(replica, failure);
            int next = next((index + 1) % replicas.length, asked);
            return next == NONE ? Future.failedFuture(failure) : connect(client, next, asked, MAX_STALE);
        });
    }

    /** Said once, not for every request until it is back. */
    private void refused(Replica replica, Throwable failure) {
        if (replica.setRefusing(true)) {
            LOG.warnf("%s at %s refuses connections: %s", service.id(), replica.address(), failure.getMessage());
        }
        replica.down(System.nanoTime(), downFor);
    }

    private void back(Replica replica) {
        if (replica.setRefusing(false)) {
            LOG.infof("%s at %s is back", service.id(), replica.address());
        }
    }

    /** The replica is there, but as busy as it is allowed to be; so would the others be. */
    private static boolean isCrowded(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof ConnectionPoolTooBusyException;
    }

    /**
     * A document of the service's own.
     *
     * @return fails when it isn't answered with status 200 in time
     */
    public Future<Buffer> get(HttpClient client, String path, Duration timeout) {
        return connect(client)
                .compose(request -> request.setMethod(HttpMethod.GET)
                        .setURI(path)
                        .idleTimeout(timeout.toMillis())
                        .send())
                .compose(Upstream::bodyOf);
    }

    private static Future<Buffer> bodyOf(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.body()
                : response.end()
                        .compose(ended ->
                                Future.failedFuture(new IllegalStateException("answered " + response.statusCode())));
    }
}
