package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.GatewayConfig.UpstreamConfig;
import io.tradosphere.gateway.route.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** All services and the connection pools to them. */
@Singleton
public class Upstreams {

    private static final Logger LOG = Logger.getLogger(Upstreams.class);

    private static final int MAX_RESPONSE_HEADER = 64 * 1024;

    private final Map<Service, Upstream> upstreams = new IdentityHashMap<>();
    private final HttpClient ordinary;
    private final HttpClient streaming;

    /** Reads the addresses. A missing or unusable address prevents the gateway's start. */
    Upstreams(Vertx vertx, Config variables, GatewayConfig config) {
        for (Service service : Service.all()) {
            String urls = variables
                    .getOptionalValue(service.urlVariable(), String.class)
                    .orElse("");
            upstreams.put(service, Upstream.of(service, urls, config.upstream()));
        }
        this.ordinary = client(vertx, config.upstream(), config.upstream().connections());
        this.streaming = client(vertx, config.upstream(), config.upstream().streams());
        HttpClient checking = client(vertx, config.upstream(), 1);
        long every = config.upstream().checkEvery().toMillis();
        upstreams.values().stream()
                .filter(Upstream::hasSeveral)
                .forEach(upstream -> vertx.setPeriodic(
                        every,
                        timer -> upstream.check(checking, config.upstream().connectTimeout())));
    }

    private static HttpClient client(Vertx vertx, UpstreamConfig config, int connections) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(true)
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(MAX_RESPONSE_HEADER)
                .setConnectTimeout((int) config.connectTimeout().toMillis());
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(config.waiting());
        // The request on a connection reports its failure. Without a request the connection only leaves the pool.
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection -> connection.exceptionHandler(
                        failure -> LOG.debugf("%s: %s", connection.remoteAddress(), failure.getMessage())))
                .build();
    }

    Upstream of(Service service) {
        return upstreams.get(service);
    }

    /** The pool for responses that end soon. */
    HttpClient ordinary() {
        return ordinary;
    }

    /** The pool for event streams. It is separate, so that streams never use up the connections for requests. */
    HttpClient streaming() {
        return streaming;
    }

    /** Reads a document of a service itself. Fails without a 200 response in time. */
    public Future<Buffer> get(Service service, String path, Duration timeout) {
        return of(service).get(ordinary, path, timeout);
    }
}
