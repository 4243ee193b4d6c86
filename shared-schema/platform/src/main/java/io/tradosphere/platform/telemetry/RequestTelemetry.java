package io.tradosphere.platform.telemetry;

import io.tradosphere.http.Traceparent;
import io.tradosphere.telemetry.LogFields;
import io.tradosphere.telemetry.LogSettings;
import io.tradosphere.telemetry.Part;
import io.tradosphere.telemetry.Tracing;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Begins the telemetry of each request: its span, the fields of its log lines and, where the operator wants one, a line for it. */
@ApplicationScoped
public class RequestTelemetry {

    private static final Logger LOG = Logger.getLogger(LogSettings.REQUEST_CATEGORY);

    private final Tracing tracing;

    RequestTelemetry(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Begins a request's trace.
     *
     * @param received the header {@code traceparent}; null when absent
     * @return what the request passes on
     */
    public String beginTrace(RoutingContext context, String received) {
        RequestRoute.begin(context);
        String trace = tracing.isOn() && !isOperators(context)
                ? beginSpan(context, received)
                : Traceparent.honouring(received);
        MDC.put(LogFields.TRACE_ID, Traceparent.traceId(trace));
        return trace;
    }

    /** Health and metrics are asked for every few seconds. */
    private static boolean isOperators(RoutingContext context) {
        return context.request().path().startsWith("/q/");
    }

    private String beginSpan(RoutingContext context, String received) {
        HttpServerRequest request = context.request();
        Part span = tracing.request(request.method().name(), received);
        context.addEndHandler(ended -> span.end(
                request.method().name(),
                RequestRoute.of(context),
                ended.succeeded() ? context.response().getStatusCode() : 0));
        return span.traceparent();
    }

    /** Has a line logged when the request ends, if the operator wants one. Its path may be a person's, so the route stands for it. */
    public void logEnd(RoutingContext context) {
        if (!LOG.isInfoEnabled() || isOperators(context)) {
            return;
        }
        long start = System.nanoTime();
        context.addEndHandler(ended -> LOG.infof(
                "%s %s %d in %d ms",
                context.request().method().name(),
                RequestRoute.of(context),
                ended.succeeded() ? context.response().getStatusCode() : 0,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }
}
