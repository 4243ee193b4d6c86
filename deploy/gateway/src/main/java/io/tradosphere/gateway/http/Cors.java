package io.tradosphere.gateway.http;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.tradosphere.gateway.GatewayConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cross-origin resource sharing. Browsers let scripts of the configured origins read responses. Scripts send tokens, no
 * cookies, so credentials are not allowed.
 */
@Singleton
public class Cors {

    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/*?#@\\s]+?(?::(?:\\d+|\\*))?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS = "Accept, Authorization, Content-Type, Idempotency-Key, If-Match,"
            + " If-None-Match, Last-Event-ID, X-Request-Id, traceparent, tracestate";
    private static final String RESPONSE_HEADERS = "ETag, Idempotency-Replayed, Link, Location, RateLimit,"
            + " RateLimit-Policy, Retry-After, WWW-Authenticate, X-Missing-Services, X-Request-Id";
    private static final String PREFLIGHT_SECONDS = "7200";

    private final List<String> origins;

    Cors(GatewayConfig config) {
        this.origins = config.cors().origins().orElse(List.of()).stream()
                .map(String::strip)
                .toList();
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new ConfigurationException("TRADOSPHERE_CORS_ORIGINS holds '" + origin
                        + "'. Set it to origins such as https://app.example or http://localhost:*");
            }
        }
    }

    /** Whether any origin is allowed. */
    public boolean isConfigured() {
        return !origins.isEmpty();
    }

    /** Sets the headers of a response. */
    public void prepare(HttpServerRequest request) {
        if (!isConfigured()) {
            return;
        }
        MultiMap headers = request.response().headers();
        headers.add(HttpHeaders.VARY, "Origin");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && allows(origin)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        }
    }

    /** Whether a browser asks for permission. With no allowed origin, the service responds to {@code OPTIONS}. */
    public boolean isPreflight(HttpServerRequest request) {
        return isConfigured()
                && request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Responds to a browser that asks for permission, after {@link #prepare}. */
    public void permit(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        headers.set(HttpHeaders.VARY, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            headers.remove(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
            headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        }
        request.response().setStatusCode(204).end();
    }

    private boolean allows(String origin) {
        for (String allowed : origins) {
            if (allowed.equals("*") || allowed.equals(origin) || isAnyPortOf(allowed, origin)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyPortOf(String allowed, String origin) {
        if (!allowed.endsWith(":*")) {
            return false;
        }
        int host = allowed.length() - 2;
        if (!origin.regionMatches(0, allowed, 0, host)) {
            return false;
        }
        return origin.length() == host
                || (origin.charAt(host) == ':'
                        && PORT.matcher(origin.substring(host + 1)).matches());
    }
}
