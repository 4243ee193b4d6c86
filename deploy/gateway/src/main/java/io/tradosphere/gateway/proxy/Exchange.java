package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.http.Answers;
import io.tradosphere.gateway.http.Problem;
import io.tradosphere.gateway.route.Route;
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

/** One request on its way to a service, and the answer on its way back. */
final class Exchange implements ProxyInterceptor, OriginRequestProvider {

    /** A body whose length only its end will tell. */
    static final long LENGTH_UNKNOWN = -1;

    private static final NoStackTraceThrowable CLIENT_LEFT = new NoStackTraceThrowable("the client left");

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    /** Larger bodies may take longer to arrive than a service may take to answer. */
    private static final long SOON_READ = 64 * 1024;

    private final ServiceProxy proxy;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final Route route;
    private final String target;
    private final long length;
    private final long limit;
    private final long start = System.nanoTime();
    private Upload upload;
    private HttpClientRequest outgoing;
    private boolean repeated;

    /**
     * An exchange that has not begun.
     *
     * @param target path and query as sent
     * @param length of the request's body, {@link #LENGTH_UNKNOWN} or in bytes
     * @param limit most bytes of the request's body
     */
    Exchange(
            ServiceProxy proxy,
            HttpClient client,
            HttpServerRequest request,
            Route route,
            String target,
            long length,
            long limit) {
        this.proxy = proxy;
        this.client = client;
        this.request = request;
        this.route = route;
        this.target = target;
        this.length = length;
        this.limit = limit;
    }

    /** The refusal of a body over the limit. */
    static Problem tooLarge(long limit) {
        return Problem.Kind.BODY_TOO_LARGE.because(
                "At most " + limit + " bytes are accepted here; send less at a time.");
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest copy = context.request();
        copy.setURI(target);
        ForwardedHeaders.prepare(copy.headers(), request, proxy.trusted());
        if (length == 0) {
            copy.setBody(null);
            request.resume();
        } else if (length == LENGTH_UNKNOWN || length > SOON_READ) {
            upload = new Upload(request, limit);
            copy.setBody(Body.body(upload, length));
        }
        return context.sendRequest().recover(failure -> repeatOrRefuse(context, failure));
    }

    @Override
    public Future<HttpClientRequest> create(ProxyContext context) {
        return proxy.upstreams().of(route.service()).connect(client).compose(this::begin);
    }

    private Future<HttpClientRequest> begin(HttpClientRequest attempt) {
        // What breaks off, and a client that leaves, is told of by the answer, which then fails too; Vert.x would log
        // it
        // as an error.
        attempt.exceptionHandler(failure -> LOG.debugf("%s %s: %s", request.method(), target, failure));
        if (request.response().closed()) {
            // The client left while this waited; the unused connection goes back to the pool.
            attempt.reset();
            return Future.failedFuture(CLIENT_LEFT);
        }
        outgoing = attempt;
        if (upload != null) {
            upload.onProgress(() -> attempt.idleTimeout(proxy.timeoutMillis()));
        }
        return Future.succeededFuture(attempt);
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        ProxyResponse response = context.response();
        UnderWay underWay = proxy.underWay();
        int status = response.getStatusCode();
        proxy.traffic().ended(route.service(), request.response().closed() ? Traffic.LEFT : status, start);
        MultiMap headers = response.headers();
        ForwardedHeaders.prepareAnswer(headers);
        headers.set(Answers.CONTENT_TYPE_OPTIONS, Answers.NOSNIFF);
        if (status == 204 || status == 304) {
            endWithoutBody(response);
        }
        boolean tooLarge = upload != null && upload.isTooLarge();
        if (tooLarge || underWay.isClosing()) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (route.stream()) {
            underWay.becameStream(request);
            return context.sendResponse().onComplete(ended -> underWay.endedStream(request));
        }
        return context.sendResponse().onComplete(ended -> {
            underWay.ended();
            if (tooLarge) {
                Answers.hangUp(proxy.vertx(), request);
            }
        });
    }

    /** Otherwise the library would announce a chunked body, which such an answer must not have. */
    private static void endWithoutBody(ProxyResponse response) {
        if (response.getBody() != null) {
            response.getBody().stream().resume();
            response.setBody(null);
        }
    }

    /**
     * A kept connection that the service closed just as it was used tells nothing about the service. Only what
     * cannot have an effect is sent again.
     */
    private Future<ProxyResponse> repeatOrRefuse(ProxyContext context, Throwable failure) {
        boolean harmless = length == 0
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
        boolean cut = failure instanceof HttpClosedException || failure instanceof IOException;
        if (harmless
                && cut
                && outgoing != null
                && !repeated
                && !request.response().closed()) {
            repeated = true;
            proxy.upstreams().of(route.service()).suspect(outgoing);
            return context.sendRequest().recover(again -> refuse(context, again));
        }
        return refuse(context, failure);
    }

    private Future<ProxyResponse> refuse(ProxyContext context, Throwable failure) {
        Problem problem;
        if (upload != null && upload.isTooLarge()) {
            problem = tooLarge(limit);
        } else {
            LOG.debugf("%s %s: %s", request.method(), target, failure);
            problem = Problem.Kind.SERVICE_UNAVAILABLE.because(explain(failure));
        }
        Buffer body = problem.toJson(target);
        ProxyResponse response = context.request()
                .release()
                .response()
                .setStatusCode(problem.kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .setBody(Body.body(body));
        if (problem.kind() == Problem.Kind.SERVICE_UNAVAILABLE) {
            response.putHeader(Answers.RETRY_AFTER, "1");
        }
        return Future.succeededFuture(response);
    }

    private String explain(Throwable failure) {
        String name = route.service().id();
        if (failure instanceof TimeoutException) {
            return name + " did not answer in time; try again with the same Idempotency-Key.";
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return name + " is busy; try again a little later.";
        }
        if (failure instanceof HttpClosedException) {
            return name + " went away while it answered; try again with the same Idempotency-Key.";
        }
        return name + " cannot be reached; try again.";
    }
}
