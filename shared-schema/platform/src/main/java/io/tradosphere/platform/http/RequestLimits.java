package io.tradosphere.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.tradosphere.http.HttpLimits;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A route handler that refuses oversized requests with a problem, before any other handler. The HTTP server's own limits are higher,
 * and refuse without a body.
 */
@ApplicationScoped
class RequestLimits {

    private static final int BEFORE_OTHER_ROUTES = -1_000;

    private final UnmatchedRoutes problems;
    private final long maxBodySize;

    RequestLimits(
            UnmatchedRoutes problems,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.problems = problems;
        this.maxBodySize = maxBodySize.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_OTHER_ROUTES).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > HttpLimits.URI_CHARACTERS) {
            problems.respond(context, ProblemKind.URI_TOO_LONG);
        } else if (headerCharacters(request) > HttpLimits.HEADER_CHARACTERS) {
            problems.respond(context, ProblemKind.HEADERS_TOO_LARGE);
        } else if (declaredLength(request) > maxBodySize) {
            // The unread body would be parsed as the next request.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            problems.respond(context, ProblemKind.BODY_TOO_LARGE);
        } else {
            context.next();
        }
    }

    private static int headerCharacters(HttpServerRequest request) {
        int characters = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return characters;
    }

    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
