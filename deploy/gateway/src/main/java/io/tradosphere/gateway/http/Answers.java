package io.tradosphere.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends what the gateway answers itself. */
public final class Answers {

    /** Set on every answer. */
    public static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");

    /** The value of {@link #CONTENT_TYPE_OPTIONS}. */
    public static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    /** When to try again. */
    public static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

    /** Long enough for a client to read an answer that came before it had sent its whole body. */
    private static final long LINGER_MILLIS = 1_000;

    private Answers() {}

    /** Sends a document with status 200. */
    public static void send(HttpServerRequest request, String mediaType, Buffer body) {
        request.response()
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }

    /** Sends a problem, unless an answer is under way already: then the connection ends, which a client notices. */
    public static void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (problem.kind() == Problem.Kind.SERVICE_UNAVAILABLE) {
            response.putHeader(RETRY_AFTER, "1");
        }
        Buffer body = problem.toJson(request.uri());
        response.setStatusCode(problem.kind().status())
                .putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                .end(body);
    }

    /** Sends a problem to a client whose body is not wanted, and hangs up once it had time to read the answer. */
    public static void refuseAndClose(Vertx vertx, HttpServerRequest request, Problem problem) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        refuse(request, problem);
        hangUp(vertx, request);
    }

    /** Drops what else the client sends, and closes the connection soon. */
    public static void hangUp(Vertx vertx, HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
        vertx.setTimer(LINGER_MILLIS, timer -> request.connection().close());
    }
}
