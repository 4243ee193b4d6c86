package io.tradosphere.gateway.http;

import io.tradosphere.http.RequestId;
import io.tradosphere.http.Traceparent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The id and the trace of each request. The id is the client's {@code X-Request-Id}, or else the trace's id. It is
 * passed on to the service and returned to the client.
 */
public final class RequestIds {

    /** The name of the header with a request's id. */
    public static final CharSequence HEADER = HttpHeaders.createOptimized(RequestId.HEADER);

    private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized(Traceparent.HEADER);
    private static final CharSequence TRACESTATE = HttpHeaders.createOptimized("tracestate");

    private RequestIds() {}

    /** Determines the id and the trace. Changes the request's headers and sets the response's. */
    public static void assign(HttpServerRequest request) {
        List<String> traces = request.headers().getAll(TRACEPARENT);
        String received = traces.size() == 1 ? traces.get(0) : null;
        String trace = Traceparent.honouring(received);
        if (!trace.equals(received)) {
            request.headers().remove(TRACESTATE);
            request.headers().set(TRACEPARENT, trace);
        }
        List<String> ids = request.headers().getAll(HEADER);
        String id = RequestId.choose(ids.size() == 1 ? ids.get(0) : null, trace);
        request.headers().set(HEADER, id);
        request.response().putHeader(HEADER, id);
    }

    /** The id that was assigned to a request. */
    public static String of(HttpServerRequest request) {
        return request.response().headers().get(HEADER);
    }
}
