package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.body.BodyReceiver;
import io.tradosphere.gateway.body.BodyRefused;
import io.tradosphere.gateway.body.ReceivedBody;
import io.tradosphere.gateway.http.Responses;
import io.tradosphere.gateway.route.Route;
import io.tradosphere.gateway.telemetry.RequestTelemetry;
import io.tradosphere.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import jakarta.inject.Singleton;

/** A reverse proxy that passes requests to the service that owns their path. */
@Singleton
public class ServiceProxy {

    private static final String IMPORT = "/v1/trades/import";
    private static final long LENGTH_UNKNOWN = -1;
    private static final ProxyOptions OPTIONS = new ProxyOptions().setSupportWebSocket(false);

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final TrustedProxies trusted;
    private final InFlightRequests inFlight;
    private final BodyReceiver bodies;
    private final RequestMetrics metrics;
    private final RequestTelemetry telemetry;
    private final long bodyLimit;
    private final long importLimit;

    /** Creates the objects that all requests share. */
    ServiceProxy(
            Vertx vertx,
            Upstreams upstreams,
            TrustedProxies trusted,
            InFlightRequests inFlight,
            BodyReceiver bodies,
            RequestMetrics metrics,
            RequestTelemetry telemetry,
            GatewayConfig config) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.trusted = trusted;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.metrics = metrics;
        this.telemetry = telemetry;
        this.bodyLimit = config.body().limit().asLongValue();
        this.importLimit = config.body().importLimit().asLongValue();
    }

    /**
     * Passes a request on, or responds with a problem.
     *
     * @param target path and query as sent
     * @param pathEnd where the path ends in {@code target}
     */
    public void pass(HttpServerRequest request, Route route, String target, int pathEnd) {
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        long length = chunked ? LENGTH_UNKNOWN : contentLength(request);
        long limit = pathEnd == IMPORT.length() && target.startsWith(IMPORT) ? importLimit : bodyLimit;
        if (length > limit) {
            refuse(request, BodyReceiver.tooLarge(limit));
            return;
        }
        inFlight.began();
        if (length == 0) {
            forward(request, route, target, ReceivedBody.NONE);
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        bodies.receive(request, limit, trusted.clientOf(request))
                .onSuccess(body -> forward(request, route, target, body))
                .onFailure(failure -> {
                    inFlight.ended();
                    if (failure instanceof BodyRefused refused) {
                        refuse(request, refused.problem());
                    }
                });
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        metrics.refused(problem.kind());
        Responses.refuseAndClose(vertx, request, problem);
    }

    private void forward(HttpServerRequest request, Route route, String target, ReceivedBody body) {
        HttpClient client = route.stream() ? upstreams.streaming() : upstreams.ordinary();
        ProxiedRequest proxied = new ProxiedRequest(this, client, request, route, target, body);
        HttpProxy.reverseProxy(OPTIONS, client)
                .origin(proxied)
                .addInterceptor(proxied)
                .handle(route.stream() ? ClientRequest.ofStream(request, vertx) : ClientRequest.of(request, vertx));
    }

    /** The HTTP codec and RequestHeaders have already refused everything but one plain number. */
    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    Upstreams upstreams() {
        return upstreams;
    }

    TrustedProxies trusted() {
        return trusted;
    }

    InFlightRequests inFlight() {
        return inFlight;
    }

    RequestMetrics metrics() {
        return metrics;
    }

    RequestTelemetry telemetry() {
        return telemetry;
    }
}
