package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.body.ReceivedBody;
import io.tradosphere.gateway.http.Compression;
import io.tradosphere.gateway.http.GzipStream;
import io.tradosphere.gateway.http.RequestIds;
import io.tradosphere.gateway.http.Responses;
import io.tradosphere.gateway.route.Route;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemDetails;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.http.RequestId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** One proxied request to a service, and its response. */
final class ProxiedRequest implements ProxyInterceptor, OriginRequestProvider {

    private static final NoStackTraceThrowable CLIENT_DISCONNECTED =
            new NoStackTraceThrowable("the client disconnected");

    private static final int UNAVAILABLE = 503;

    private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence RATE_LIMIT_POLICY = HttpHeaders.createOptimized("RateLimit-Policy");

    private static final Logger LOG = Logger.getLogger(ProxiedRequest.class);

    private final ServiceProxy proxy;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final Route route;
    private final String target;
    private final ReceivedBody body;
    private final long start = System.nanoTime();
    private HttpClientRequest outgoing;
    private boolean repeated;

    /**
     * A proxied request that has not begun.
     *
     * @param target path and query as sent
     * @param body the request's body
     */
    ProxiedRequest(
            ServiceProxy proxy,
            HttpClient client,
            HttpServerRequest request,
            Route route,
            String target,
            ReceivedBody body) {
        this.proxy = proxy;
        this.client = client;
        this.request = request;
        this.route = route;
        this.target = target;
        this.body = body;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest copy = context.request();
        copy.setURI(target);
        ForwardedHeaders.prepare(copy.headers(), request, proxy.trusted());
        copy.setBody(body.content());
        // The library has paused it, although its body has arrived.
        request.resume();
        return context.sendRequest()
                .compose(response -> repeatIfStopping(context, response))
                .recover(failure -> repeatOrRefuse(context, failure));
    }

    @Override
    public Future<HttpClientRequest> create(ProxyContext context) {
        return proxy.upstreams().of(route.service()).connect(client).compose(this::begin);
    }

    private Future<HttpClientRequest> begin(HttpClientRequest attempt) {
        // The response reports an interrupted request or a disconnected client, and then fails too. Vert.x would log
        // both as errors.
        attempt.exceptionHandler(failure -> LOG.debugf("%s %s: %s", request.method(), request.path(), failure));
        if (request.response().closed()) {
            // The client disconnected while this waited. The unused connection returns to the pool.
            attempt.reset();
            return Future.failedFuture(CLIENT_DISCONNECTED);
        }
        outgoing = attempt;
        return Future.succeededFuture(attempt);
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        ProxyResponse response = context.response();
        InFlightRequests inFlight = proxy.inFlight();
        int status = response.getStatusCode();
        int sent = request.response().closed() ? RequestMetrics.DISCONNECTED : status;
        proxy.metrics().ended(route.service(), sent, start);
        MultiMap headers = response.headers();
        proxy.telemetry().takeCaller(headers);
        proxy.telemetry().responded(request, route.service().id(), sent, start);
        ForwardedHeaders.prepareResponse(headers);
        headers.set(Responses.CONTENT_TYPE_OPTIONS, Responses.NOSNIFF);
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, Responses.NO_STORE);
        }
        if (status == 204 || status == 304) {
            endWithoutBody(response);
        }
        encode(response, status);
        mergeVary(headers);
        if (inFlight.isClosing()) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (route.stream() && request.response().closed()) {
            // The library has reset the request to the service. It would wait for ever for the response's body.
            inFlight.ended();
            body.close();
            return Future.failedFuture(CLIENT_DISCONNECTED);
        }
        if (route.stream()) {
            inFlight.becameStream(request);
            return context.sendResponse().onComplete(ended -> {
                inFlight.endedStream(request);
                body.close();
            });
        }
        return context.sendResponse().onComplete(ended -> {
            inFlight.ended();
            body.close();
        });
    }

    private void encode(ProxyResponse response, int status) {
        MultiMap headers = response.headers();
        if (route.stream()) {
            return;
        }
        if (Compression.isText(headers.get(HttpHeaders.CONTENT_TYPE))) {
            Responses.addVary(headers, HttpHeaders.ACCEPT_ENCODING);
        }
        Body original = response.getBody();
        if (status == 304) {
            if (Compression.isNamedBy(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
                Compression.markTag(headers);
            }
            Responses.addVary(headers, HttpHeaders.ACCEPT_ENCODING);
        } else if (original != null && Compression.applies(request, status, headers, original.length())) {
            Compression.mark(headers);
            response.setBody(Body.body(new GzipStream(original.stream())));
        }
    }

    /** The gateway may already have named a header. One field is easier to read than two. */
    private void mergeVary(MultiMap headers) {
        MultiMap own = request.response().headers();
        if (own.contains(HttpHeaders.VARY)) {
            for (String value : headers.getAll(HttpHeaders.VARY)) {
                own.set(HttpHeaders.VARY, own.get(HttpHeaders.VARY) + ", " + value);
            }
            headers.remove(HttpHeaders.VARY);
        }
        if (headers.contains(RATE_LIMIT)) {
            // The service's own limit says more.
            own.remove(RATE_LIMIT);
            own.remove(RATE_LIMIT_POLICY);
        }
    }

    /** Without this the library would add chunked encoding, which such a response must not have. */
    private static void endWithoutBody(ProxyResponse response) {
        if (response.getBody() != null) {
            response.getBody().stream().resume();
            response.setBody(null);
        }
    }

    /** A service that stops has not looked at the request. Any request whose body is still there can be repeated. */
    private Future<ProxyResponse> repeatIfStopping(ProxyContext context, ProxyResponse response) {
        if (!isOfStopping(response) || repeated || !body.isRepeatable()) {
            return Future.succeededFuture(response);
        }
        repeated = true;
        proxy.upstreams().of(route.service()).stopping(outgoing);
        response.release();
        context.request().setBody(body.content());
        return context.sendRequest();
    }

    /** Quarkus' own refusal, before any of the service's code: that names the request in each of its responses. */
    private static boolean isOfStopping(ProxyResponse response) {
        return response.getStatusCode() == UNAVAILABLE
                && !response.headers().contains(RequestId.HEADER)
                && !response.headers().contains(HttpHeaders.CONTENT_TYPE);
    }

    /**
     * Handles a failure before the response. A pooled connection that the service closed says nothing about the
     * service. Only safe requests are repeated.
     */
    private Future<ProxyResponse> repeatOrRefuse(ProxyContext context, Throwable failure) {
        boolean safe = body.content() == null
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
        boolean cut = failure instanceof HttpClosedException || failure instanceof IOException;
        if (safe && cut && outgoing != null && !repeated && !request.response().closed()) {
            repeated = true;
            proxy.upstreams().of(route.service()).skip(outgoing);
            return context.sendRequest().recover(again -> refuse(context, again));
        }
        return refuse(context, failure);
    }

    private Future<ProxyResponse> refuse(ProxyContext context, Throwable failure) {
        LOG.debugf("%s %s: %s", request.method(), request.path(), failure);
        Problem problem = ProblemKind.SERVICE_UNAVAILABLE.because(explain(failure));
        return Future.succeededFuture(context.request()
                .release()
                .response()
                .setStatusCode(problem.kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                .putHeader(Responses.RETRY_AFTER, "1")
                .setBody(Body.body(Buffer.buffer(ProblemDetails.of(problem, target, RequestIds.of(request))
                        .toJson()))));
    }

    private String explain(Throwable failure) {
        String name = route.service().id();
        if (failure instanceof TimeoutException) {
            return name + " did not respond in time. Try again with the same Idempotency-Key.";
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return name + " is busy. Try again later.";
        }
        if (failure instanceof HttpClosedException) {
            return name + " closed the connection before it responded. Try again with the same Idempotency-Key.";
        }
        return name + " cannot be reached. Try again later.";
    }
}
