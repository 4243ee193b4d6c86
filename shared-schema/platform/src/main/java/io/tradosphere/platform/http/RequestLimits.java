package io.tradosphere.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses in words what is larger than a call reads, before anything else looks at it. The server's own limits, far beyond these for
 * the request line and the headers, refuse without any.
 */
@ApplicationScoped
class RequestLimits {

    private static final int BEFORE_THE_SERVERS_OWN = -1_000;
    private static final int LONGEST_URI = 4_000;
    private static final int MOST_HEADER_CHARACTERS = 16_000;

    private final Unrouted unrouted;
    private final long largestBody;

    RequestLimits(
            Unrouted unrouted, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.unrouted = unrouted;
        this.largestBody = largestBody.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_THE_SERVERS_OWN).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > LONGEST_URI) {
            unrouted.answer(context, Problems.URI_TOO_LONG);
        } else if (headerCharacters(request) > MOST_HEADER_CHARACTERS) {
            unrouted.answer(context, Problems.HEADERS_TOO_LARGE);
        } else if (declaredLength(request) > largestBody) {
            // What is left of the body would be read as the next request.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            unrouted.answer(context, Problems.BODY_TOO_LARGE);
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

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
