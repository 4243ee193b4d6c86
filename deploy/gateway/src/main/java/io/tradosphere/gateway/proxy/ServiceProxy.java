package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.http.Answers;
import io.tradosphere.gateway.http.Problem;
import io.tradosphere.gateway.route.Route;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import jakarta.inject.Singleton;

/** Passes requests on to the service that owns their path. */
@Singleton
public class ServiceProxy {

    private static final String IMPORT = "/v1/trades/import";
    private static final ProxyOptions OPTIONS = new ProxyOptions().setSupportWebSocket(false);

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final TrustedProxies trusted;
    private final UnderWay underWay;
    private final Traffic traffic;
    private final long timeoutMillis;
    private final long bodyLimit;
    private final long importLimit;

    /** Everything here is there once, whatever the number of requests. */
    ServiceProxy(
            Vertx vertx,
            Upstreams upstreams,
            TrustedProxies trusted,
            UnderWay underWay,
            Traffic traffic,
            GatewayConfig config) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.trusted = trusted;
        this.underWay = underWay;
        this.traffic = traffic;
        this.timeoutMillis = config.upstream().timeout().toMillis();
        this.bodyLimit = config.body().limit().asLongValue();
        this.importLimit = config.body().importLimit().asLongValue();
    }

    /**
     * Passes a request on, or answers it with a problem.
     *
     * @param target path and query as sent
     * @param pathEnd where the path ends in {@code target}
     */
    public void pass(HttpServerRequest request, Route route, String target, int pathEnd) {
        String transferEncoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (transferEncoding != null && !transferEncoding.equals("chunked")) {
            Problem problem = Problem.Kind.BAD_REQUEST.because("Send Transfer-Encoding: chunked or a Content-Length.");
            Answers.refuseAndClose(vertx, request, problem);
            return;
        }
        long length = transferEncoding != null ? Exchange.LENGTH_UNKNOWN : contentLength(request);
        long limit = pathEnd == IMPORT.length() && target.startsWith(IMPORT) ? importLimit : bodyLimit;
        if (length > limit) {
            Answers.refuseAndClose(vertx, request, Exchange.tooLarge(limit));
            return;
        }
        if (length != 0 && request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        HttpClient client = route.stream() ? upstreams.streaming() : upstreams.ordinary();
        Exchange exchange = new Exchange(this, client, request, route, target, length, limit);
        underWay.began();
        HttpProxy.reverseProxy(OPTIONS, client)
                .origin(exchange)
                .addInterceptor(exchange)
                .handle(new Client(request, vertx));
    }

    /** The HTTP codec has refused everything but one plain number. */
    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    Vertx vertx() {
        return vertx;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    TrustedProxies trusted() {
        return trusted;
    }

    UnderWay underWay() {
        return underWay;
    }

    Traffic traffic() {
        return traffic;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }
}
