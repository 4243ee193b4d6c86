package io.tradosphere.platform.http;

import io.tradosphere.http.RequestId;
import io.tradosphere.http.Traceparent;
import io.tradosphere.platform.telemetry.RequestTelemetry;
import io.tradosphere.telemetry.LogFields;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;

/**
 * A route handler that gives every request an id: the client's {@code X-Request-Id} when well-formed, else the trace id. The id is in
 * the response, in problems and in the log.
 */
@ApplicationScoped
class RequestIds {

    private static final String KEY = LogFields.REQUEST_ID;
    private static final int FIRST = -20_000;

    private final RequestTelemetry telemetry;

    RequestIds(RequestTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    void install(@Observes Router router) {
        router.route().order(FIRST).handler(this::identify);
    }

    /** The id of a request; null before this handler. */
    static String of(RoutingContext request) {
        return request.get(KEY);
    }

    private void identify(RoutingContext context) {
        var headers = context.request().headers();
        String trace = telemetry.beginTrace(context, headers.get(Traceparent.HEADER));
        headers.set(Traceparent.HEADER, trace);
        String id = RequestId.choose(headers.get(RequestId.HEADER), trace);
        context.put(KEY, id);
        MDC.put(KEY, id);
        context.response().putHeader(RequestId.HEADER, id);
        telemetry.logEnd(context);
        context.next();
    }
}
