package io.tradosphere.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** One part of a trace, from its beginning. A part that does not end is not exported. */
public final class Part {

    private static final int SERVER_ERROR = 500;

    private final Span span;
    private final String traceparent;

    Part(Span span, String traceparent) {
        this.span = span;
        this.traceparent = traceparent;
    }

    /** The {@code traceparent} of what follows. */
    public String traceparent() {
        return traceparent;
    }

    /** Ends it. */
    public void end() {
        span.end();
    }

    /**
     * Ends a request.
     *
     * @param route the template of the path, or what serves it
     * @param status of the response; 0 when the client has disconnected before
     */
    public void end(String method, String route, int status) {
        span.setAttribute(SpanAttributes.METHOD, method);
        span.updateName(method + " " + route);
        span.setAttribute(SpanAttributes.ROUTE, route);
        if (status > 0) {
            span.setAttribute(SpanAttributes.STATUS, status);
        }
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
