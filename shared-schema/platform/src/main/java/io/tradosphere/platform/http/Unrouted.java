package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** What goes wrong before or beside the resources is a problem too: an unknown path, a body too large, a broken request line. */
@ApplicationScoped
class Unrouted {

    private static final Map<Integer, ProblemKind> KINDS = Map.of(
            400, Problems.INVALID_REQUEST,
            401, Problems.UNAUTHENTICATED,
            404, Problems.NOT_FOUND,
            405, Problems.METHOD_NOT_ALLOWED,
            413, Problems.BODY_TOO_LARGE);

    private final ObjectMapper json;

    Unrouted(ObjectMapper json) {
        this.json = json;
    }

    void install(@Observes Router router) {
        KINDS.forEach((status, kind) -> router.errorHandler(status, context -> answer(context, kind)));
    }

    void answer(RoutingContext context, ProblemKind kind) {
        if (context.response().ended()) {
            return;
        }
        Problem problem = kind.because(kind.title() + "; see the API reference.");
        ProblemDetails details =
                ProblemDetails.of(problem, context.request().path()).details();
        context.response().setStatusCode(kind.status()).putHeader("content-type", ProblemDetails.MEDIA_TYPE);
        problem.headers().forEach(context.response()::putHeader);
        try {
            context.response().end(json.writeValueAsString(details));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Problem details cannot be written as JSON", impossible);
        }
    }
}
