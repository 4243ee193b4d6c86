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
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * A round-robin load balancer over a service's replicas. It skips a replica for a while after a refused connection, and
 * as long as the replica says that it is not ready.
 */
public final class Upstream {

    private static final Logger LOG = Logger.getLogger(Upstream.class);

    /**
     * How many closed pooled connections one attempt accepts. A closed one says nothing about the replica. The next
     * attempt opens a new connection.
     */
    private static final int MAX_STALE = 3;

    /** No replica. */
    private static final int NONE = -1;

    private static final String READY = "/q/health/ready";

    private static final int OK = 200;

    private static final int UNAVAILABLE = 503;

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
     * @throws ConfigurationException when an address is unusable; it names the variable
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

    /** The service. */
    public Service service() {
        return service;
    }

    /**
     * Opens a request to a replica that accepts a connection. It tries each replica before it fails. Nothing of the
     * request has been sent yet.
     *
     * @return fails when no replica accepts a connection, or none is free in time
     */
    Future<HttpClientRequest> connect(HttpClient client) {
        int first = replicas.length == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), replicas.length);
        BitSet tried = new BitSet(replicas.length);
        return connect(client, next(first, tried), tried, MAX_STALE);
    }

    /** Skips the replica that interrupted a request for a while. Its other connections may be broken as well. */
    void skip(HttpClientRequest cut) {
        for (Replica replica : replicas) {
            if (replica.isTargetOf(cut)) {
                replica.down(System.nanoTime(), downFor);
            }
        }
    }

    /** Skips the replica that refused a request because it stops, until it is ready. */
    void stopping(HttpClientRequest refused) {
        for (Replica replica : replicas) {
            if (hasSeveral() && replica.isTargetOf(refused) && replica.setReady(false)) {
                LOG.infof("%s at %s stops", service.id(), replica.address());
            }
        }
    }

    /** Whether another replica can serve while one stops. */
    boolean hasSeveral() {
        return replicas.length > 1;
    }

    /** Asks each replica whether it is ready. One that does not say in time is left as it is, since it may be busy. */
    void check(HttpClient client, Duration timeout) {
        for (Replica replica : replicas) {
            RequestOptions ask = new RequestOptions(replica.options())
                    .setURI(READY)
                    .setConnectTimeout(timeout.toMillis())
                    .setIdleTimeout(timeout.toMillis());
            client.request(ask)
                    .compose(HttpClientRequest::send)
                    .compose(response -> response.end().map(response.statusCode()))
                    .onSuccess(status -> checked(replica, status))
                    .onFailure(failure -> LOG.debugf("%s: %s", replica.address(), failure.getMessage()));
        }
    }

    private void checked(Replica replica, int status) {
        if (status == OK && replica.setReady(true)) {
            LOG.infof("%s at %s is ready", service.id(), replica.address());
        } else if (status == UNAVAILABLE && replica.setReady(false)) {
            LOG.infof("%s at %s is not ready", service.id(), replica.address());
        }
    }

    /**
     * Chooses the next replica. When all untried replicas are down it is the next in turn, since one may have
     * recovered.
     *
     * @return a replica that has not been tried, or {@link #NONE}
     */
    private int next(int first, BitSet tried) {
        long now = System.nanoTime();
        int last = NONE;
        for (int i = 0; i < replicas.length; i++) {
            int candidate = (first + i) % replicas.length;
            if (!tried.get(candidate)) {
                if (!replicas[candidate].isDown(now)) {
                    return candidate;
                }
                last = last == NONE ? candidate : last;
            }
        }
        return last;
    }

    /**
     * @param tried the replicas that this request has tried
     * @param stale how many more closed pooled connections of this replica are accepted
     */
    private Future<HttpClientRequest> connect(HttpClient client, int index, BitSet tried, int stale) {
        tried.set(index);
        Replica replica = replicas[index];
        Future<HttpClientRequest> request = client.request(replica.options());
        if (replica.isRefusing()) {
            request.onSuccess(accepted -> back(replica));
        }
        return request.recover(failure -> {
            if (isBusy(failure)) {
                return Future.failedFuture(failure);
            }
            if (failure instanceof HttpClosedException && stale > 0) {
                return connect(client, index, tried, stale - 1);
            }
            refused(replica, failure);
            int next = next((index + 1) % replicas.length, tried);
            return next == NONE ? Future.failedFuture(failure) : connect(client, next, tried, MAX_STALE);
        });
    }

    /** Logs once, not for every request until the replica is back. */
    private void refused(Replica replica, Throwable failure) {
        if (replica.setRefusing(true)) {
            LOG.warnf("%s at %s refuses connections: %s", service.id(), replica.address(), failure.getMessage());
        }
        replica.down(System.nanoTime(), downFor);
        if (hasSeveral()) {
            // It listens before it can serve, so the next look decides when it is back.
            replica.setReady(false);
        }
    }

    private void back(Replica replica) {
        if (replica.setRefusing(false)) {
            LOG.infof("%s at %s is back", service.id(), replica.address());
        }
    }

    /** The replica is available but has no free connection. The other replicas would be as busy. */
    private static boolean isBusy(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof ConnectionPoolTooBusyException;
    }

    /**
     * Reads a document of the service itself.
     *
     * @return fails without a 200 response in time
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
                                Future.failedFuture(new IllegalStateException("status " + response.statusCode())));
    }
}
