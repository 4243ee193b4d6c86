package io.tradosphere.platform.http;

import io.tradosphere.http.ProblemKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * A route handler that finds the operation of a request. It responds to OPTIONS and to methods a path does not support, with
 * {@code Allow}.
 */
@ApplicationScoped
class MethodRoutes {

    private static final int AFTER_REQUEST_LIMITS = -900;

    private final ResourceOperations operations;
    private final UnmatchedRoutes problems;

    MethodRoutes(ResourceOperations operations, UnmatchedRoutes problems) {
        this.operations = operations;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route().order(AFTER_REQUEST_LIMITS).handler(this::check);
    }

    private void check(RoutingContext context) {
        String method = context.request().method().name();
        Map<String, ResourceOperation> found = operations.at(context.normalizedPath());
        if (found.isEmpty()) {
            context.next();
            return;
        }
        ResourceOperation operation = found.get(method.equals("HEAD") ? "GET" : method);
        if (operation != null) {
            proceed(context, operation);
            return;
        }
        String allowed = String.join(", ", ResourceOperations.allowed(found));
        context.response().putHeader(HttpHeaders.ALLOW, allowed);
        if (method.equals("OPTIONS")) {
            context.response().setStatusCode(204).end();
        } else {
            problems.respond(context, ProblemKind.METHOD_NOT_ALLOWED.because("This path supports " + allowed + "."));
        }
    }

    private void proceed(RoutingContext context, ResourceOperation operation) {
        if (!operation.respondsWithBody()) {
            // Nothing is negotiated where nothing is sent: Jakarta REST would refuse by the class's @Produces.
            context.request().headers().remove(HttpHeaders.ACCEPT);
        }
        operation.storeIn(context);
        context.next();
    }
}
