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
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** All services, and the connections to them. */
@Singleton
public class Upstreams {

    private static final Logger LOG = Logger.getLogger(Upstreams.class);

    private static final int MAX_ANSWER_HEADER = 64 * 1024;

    private final Map<Service, Upstream> upstreams = new EnumMap<>(Service.class);
    private final HttpClient ordinary;
    private final HttpClient streaming;

    /** Reads the addresses; a missing or unusable one keeps the gateway from starting. */
    Upstreams(Vertx vertx, Config variables, GatewayConfig config) {
        for (Service service : Service.values()) {
            String urls = variables
                    .getOptionalValue(service.urlVariable(), String.class)
                    .orElse("");
            upstreams.put(service, Upstream.of(service, urls, config.upstream()));
        }
        this.ordinary = client(vertx, config.upstream(), config.upstream().connections());
        this.streaming = client(vertx, config.upstream(), config.upstream().streams());
    }

    private static HttpClient client(Vertx vertx, UpstreamConfig config, int connections) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(true)
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(MAX_ANSWER_HEADER)
                .setConnectTimeout((int) config.connectTimeout().toMillis());
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(config.waiting());
        // What breaks a connection is told of by the request on it; without one it is only gone from the pool.
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

    /** Connections for answers that end soon. */
    HttpClient ordinary() {
        return ordinary;
    }

    /** Connections for answers that don't; apart, so that listeners never use up what requests need. */
    HttpClient streaming() {
        return streaming;
    }

    /** A document of a service's own; fails when it isn't answered with status 200 in time. */
    public Future<Buffer> get(Service service, String path, Duration timeout) {
        return of(service).get(ordinary, path, timeout);
    }
}
