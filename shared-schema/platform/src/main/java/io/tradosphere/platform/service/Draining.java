package io.tradosphere.platform.service;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * A route handler for the delay between SIGTERM and the end of the port. The service is not ready any more and still
 * serves. Each response closes its connection, so that whoever keeps connections opens the next one elsewhere.
 */
@ApplicationScoped
class Draining {

    private static final int BEFORE_ALL = -30_000;

    private volatile boolean draining;

    void begin(@Observes ShutdownDelayInitiatedEvent shutdown) {
        draining = true;
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_ALL).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        if (draining) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }
}
