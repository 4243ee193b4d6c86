package io.tradosphere.platform.telemetry;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * The template of a request's path, as metrics, spans and the log name it. Quarkus sets it once it has found the resource. Until
 * then it is {@link #NONE}, so that no path that a stranger invents becomes a label.
 */
public final class RequestRoute {

    /** The route of a request that no resource serves. */
    public static final String NONE = "/none";

    /** Where Quarkus keeps it for its own metrics. */
    private static final String KEY = "UrlPathTemplate";

    private RequestRoute() {}

    /** Begins a request, which has no route yet. */
    public static void begin(RoutingContext request) {
        context(request).putLocal(KEY, NONE);
    }

    /** The route, such as {@code /v1/profiles/{id}}. */
    public static String of(RoutingContext request) {
        return context(request).getLocal(KEY);
    }

    private static Context context(RoutingContext request) {
        return ((HttpServerRequestInternal) request.request()).context();
    }
}
