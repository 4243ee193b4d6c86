package io.tradosphere.gateway.proxy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.tradosphere.gateway.GatewayConfig.UpstreamConfig;
import io.tradosphere.gateway.route.Service;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One replica of a service, and whether it last refused a connection. */
final class Replica {

    private final RequestOptions options;
    private final String address;
    private final AtomicBoolean refusing = new AtomicBoolean();
    private volatile long downUntil = System.nanoTime();
    private volatile boolean ready = true;

    private Replica(URI uri, UpstreamConfig config) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        // A numeric IPv6 address has brackets in a URI, but not in a socket address.
        String host = uri.getHost().replace("[", "").replace("]", "");
        this.address = uri.getHost() + ":" + port;
        // This option named connect timeout limits the wait for a pooled connection.
        this.options = new RequestOptions()
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setConnectTimeout(config.timeout().toMillis())
                .setIdleTimeout(config.timeout().toMillis());
    }

    /**
     * The replica at an address.
     *
     * @throws ConfigurationException when the address is unusable; it names the variable
     */
    static Replica at(String url, Service service, UpstreamConfig config) {
        try {
            URI uri = new URI(url.strip());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && isRoot(uri)) {
                return new Replica(uri, config);
            }
        } catch (URISyntaxException malformed) {
            throw unusable(url, service, malformed);
        }
        throw unusable(url, service, null);
    }

    private static boolean isRoot(URI uri) {
        return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")) && uri.getRawQuery() == null;
    }

    private static ConfigurationException unusable(String url, Service service, Exception cause) {
        return new ConfigurationException(
                service.urlVariable() + " holds '" + url + "'. Set it to an address without path, such as http://"
                        + service.id() + ":8080",
                cause);
    }

    RequestOptions options() {
        return options;
    }

    /** Host and port. */
    String address() {
        return address;
    }

    /** Whether a request uses or used this replica. */
    boolean isTargetOf(HttpClientRequest request) {
        return request.getPort() == options.getPort() && options.getHost().equals(request.getHost());
    }

    boolean isRefusing() {
        return refusing.get();
    }

    /** Whether that is news. */
    boolean setRefusing(boolean value) {
        return refusing.compareAndSet(!value, value);
    }

    boolean isDown(long now) {
        return !ready || now - downUntil < 0;
    }

    /** Whether that is news. */
    boolean setReady(boolean value) {
        boolean news = ready != value;
        ready = value;
        return news;
    }

    void down(long now, Duration duration) {
        downUntil = now + duration.toNanos();
    }
}
