package io.tradosphere.gateway.telemetry;

import io.tradosphere.gateway.http.RequestIds;
import io.tradosphere.http.Traceparent;
import io.tradosphere.telemetry.LogFields;
import io.tradosphere.telemetry.LogSettings;
import io.tradosphere.telemetry.Part;
import io.tradosphere.telemetry.Tracing;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Telemetry of each request: its span, the fields of its log lines and, where the operator wants one, a line for it. All three are
 * off by default, and then cost a comparison.
 */
@Singleton
public class RequestTelemetry {

    private static final Logger LOG = Logger.getLogger(LogSettings.REQUEST_CATEGORY);

    private static final String SPAN = "tradosphere.span";

    private final Tracing tracing;
    private final boolean hasFields;

    RequestTelemetry(Tracing tracing, @ConfigProperty(name = LogSettings.JSON, defaultValue = "false") boolean isJson) {
        this.tracing = tracing;
        this.hasFields = isJson;
    }

    /** Begins a request that has its id and trace. The service then gets the gateway's span as its parent. */
    public void begin(HttpServerRequest request) {
        if (tracing.isOn()) {
            Part span = tracing.request(request.method().name(), request.getHeader(Traceparent.HEADER));
            request.headers().set(Traceparent.HEADER, span.traceparent());
            context(request).putLocal(SPAN, span);
        }
        if (hasFields) {
            MDC.put(LogFields.TRACE_ID, Traceparent.traceId(request.getHeader(Traceparent.HEADER)));
            MDC.put(LogFields.REQUEST_ID, RequestIds.of(request));
        }
    }

    /** Takes the caller's pseudonym, which the service has put there for the log, from a response. */
    public void takeCaller(MultiMap headers) {
        String caller = headers.get(LogFields.CALLER_HEADER);
        if (caller != null) {
            headers.remove(LogFields.CALLER_HEADER);
            if (hasFields) {
                MDC.put(LogFields.CALLER, caller);
            }
        }
    }

    /**
     * Ends the span of a request whose response begins, and logs the request if the operator wants that. The path may be a
     * person's, so its service stands for it.
     *
     * @param to the service that responded, or the gateway
     * @param startNanos when the request arrived
     */
    public void responded(HttpServerRequest request, String to, int status, long startNanos) {
        Part span = tracing.isOn() ? context(request).getLocal(SPAN) : null;
        if (span != null) {
            span.end(request.method().name(), to, status);
        }
        if (LOG.isInfoEnabled()) {
            LOG.infof(
                    "%s %s %d in %d ms",
                    request.method().name(), to, status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        }
    }

    private static Context context(HttpServerRequest request) {
        return ((HttpServerRequestInternal) request).context();
    }
}
