package io.tradosphere.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * A route handler that adds {@code Cache-Control} and {@code Vary} to every response. What needs a caller, and every problem, is never
 * stored. What anyone may read is stored, and validated before each use.
 */
@ApplicationScoped
class CacheHeaders {

    private static final int BEFORE_CACHED_PAGES = -19_000;
    private static final String VARY = "Accept, Authorization";

    private final ResourceOperations operations;

    CacheHeaders(ResourceOperations operations) {
        this.operations = operations;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_CACHED_PAGES).handler(context -> {
            context.addHeadersEndHandler(end -> complete(context));
            context.next();
        });
    }

    private void complete(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl(context));
        }
        if (!response.headers().contains(HttpHeaders.VARY)) {
            response.putHeader(HttpHeaders.VARY, VARY);
        }
    }

    private String cacheControl(RoutingContext context) {
        int status = context.response().getStatusCode();
        ResourceOperation read = operations.at(context.normalizedPath()).get("GET");
        boolean storable = read != null
                && !read.needsCaller()
                && (status == 200 || status == 304)
                && (context.request().method().name().equals("GET")
                        || context.request().method().name().equals("HEAD"));
        if (!storable) {
            return "no-store";
        }
        return context.request().headers().contains(HttpHeaders.AUTHORIZATION) ? "private, no-cache" : "no-cache";
    }
}
