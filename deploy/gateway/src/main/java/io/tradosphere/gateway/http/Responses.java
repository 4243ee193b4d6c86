package io.tradosphere.gateway.http;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemDetails;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/** Sends the responses that the gateway creates itself. */
public final class Responses {

    /** The name of a header that every response has. */
    public static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");

    /** The value of {@link #CONTENT_TYPE_OPTIONS}. */
    public static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    /** The name of the header with the seconds until a retry. */
    public static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

    /** The value of {@code Cache-Control} for what must not be stored. */
    public static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    /** Longer bodies are compressed off the event loop. */
    private static final int INLINE = 16 * 1024;

    /** How long a client may read a response that was sent before its whole body had arrived. */
    private static final long LINGER_MILLIS = 1_000;

    private Responses() {}

    /**
     * Sends a document with status 200, compressed if the client accepts that. Caches ask again each time, unless the
     * caller has set {@code Cache-Control}.
     */
    public static void send(HttpServerRequest request, String mediaType, Buffer body) {
        HttpServerResponse response = request.response();
        MultiMap headers = response.headers();
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF).set(HttpHeaders.CONTENT_TYPE, mediaType);
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        }
        if (Compression.isText(mediaType)) {
            addVary(headers, HttpHeaders.ACCEPT_ENCODING);
        }
        if (!Compression.applies(request, response.getStatusCode(), headers, body.length())) {
            end(response, body);
        } else if (body.length() <= INLINE) {
            Compression.mark(headers);
            end(response, Compression.compress(body));
        } else {
            Compression.mark(headers);
            Vertx.currentContext()
                    .executeBlocking(() -> Compression.compress(body), false)
                    .onSuccess(compressed -> end(response, compressed));
        }
    }

    private static void end(HttpServerResponse response, Buffer body) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }

    /** Adds a name to {@code Vary}. */
    public static void addVary(MultiMap headers, CharSequence name) {
        String vary = headers.get(HttpHeaders.VARY);
        if (vary == null) {
            headers.set(HttpHeaders.VARY, name);
        } else if (!vary.toLowerCase(Locale.ROOT).contains(name.toString().toLowerCase(Locale.ROOT))) {
            headers.set(HttpHeaders.VARY, vary + ", " + name);
        }
    }

    /**
     * Sends a problem. If a response is already being sent, it closes the connection instead, which the client
     * notices.
     */
    public static void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        problem.headers().forEach(response::putHeader);
        if (problem.kind() == ProblemKind.RATE_LIMITED && !response.headers().contains(RETRY_AFTER)) {
            response.putHeader(RETRY_AFTER, "10");
        }
        response.setStatusCode(problem.kind().status())
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        addVary(response.headers(), HttpHeaders.ACCEPT_ENCODING);
        end(
                response,
                Buffer.buffer(ProblemDetails.of(problem, request.uri(), RequestIds.of(request))
                        .toJson()));
    }

    /**
     * Sends a problem without reading the request's body. Closes the connection once the client had time to read it.
     */
    public static void refuseAndClose(Vertx vertx, HttpServerRequest request, Problem problem) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        refuse(request, problem);
        hangUp(vertx, request);
    }

    /** Discards the rest of the request and closes the connection soon. */
    public static void hangUp(Vertx vertx, HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
        vertx.setTimer(LINGER_MILLIS, timer -> request.connection().close());
    }
}
