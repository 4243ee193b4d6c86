package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemDetails;
import io.tradosphere.http.ProblemKind;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Problem responses for failures outside the resources, such as an unknown path, an oversized body or a malformed request line. */
@ApplicationScoped
class UnmatchedRoutes {

    private static final Map<Integer, ProblemKind> KINDS = Map.of(
            400, ProblemKind.INVALID_REQUEST,
            401, ProblemKind.UNAUTHENTICATED,
            404, ProblemKind.NOT_FOUND,
            405, ProblemKind.METHOD_NOT_ALLOWED,
            413, ProblemKind.BODY_TOO_LARGE);

    void install(@Observes Router router) {
        KINDS.forEach((status, kind) -> router.errorHandler(status, context -> respond(context, kind)));
    }

    void respond(RoutingContext context, ProblemKind kind) {
        respond(context, kind.because(kind.title() + "; see the API reference."));
    }

    void respond(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        ProblemDetails details = ProblemDetails.of(problem, context.request().path(), RequestIds.of(context));
        context.response().setStatusCode(details.status()).putHeader("content-type", ProblemDetails.MEDIA_TYPE);
        problem.headers().forEach(context.response()::putHeader);
        context.response().end(details.toJson());
    }
}
