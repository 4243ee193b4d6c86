package io.tradosphere.gateway;

import io.tradosphere.gateway.client.ConnectionLimits;
import io.tradosphere.gateway.docs.Pages;
import io.tradosphere.gateway.http.Cors;
import io.tradosphere.gateway.http.RequestHeaders;
import io.tradosphere.gateway.http.RequestIds;
import io.tradosphere.gateway.http.Responses;
import io.tradosphere.gateway.limit.RateLimiter;
import io.tradosphere.gateway.proxy.RequestMetrics;
import io.tradosphere.gateway.proxy.ServiceProxy;
import io.tradosphere.gateway.proxy.TrustedProxies;
import io.tradosphere.gateway.route.RawPath;
import io.tradosphere.gateway.route.Route;
import io.tradosphere.gateway.route.RouteTable;
import io.tradosphere.gateway.telemetry.RequestTelemetry;
import io.tradosphere.http.HttpLimits;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** The entry point of all requests. A service, the gateway itself, or a refusal responds to each. */
@Singleton
public class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /** After Quarkus' filters, such as CORS, and before its other routes on this port. */
    private static final int ORDER = -10;

    /** The methods that are passed on. The service refuses those that a path does not support. */
    private static final List<String> PASSED = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String PAGE_METHODS = "GET, HEAD, OPTIONS";

    private final Vertx vertx;
    private final ServiceProxy services;
    private final Pages pages;
    private final RateLimiter limits;
    private final RequestMetrics metrics;
    private final RequestTelemetry telemetry;
    private final Cors cors;

    Gateway(
            Vertx vertx,
            ServiceProxy services,
            Pages pages,
            RateLimiter limits,
            RequestMetrics metrics,
            RequestTelemetry telemetry,
            Cors cors) {
        this.metrics = metrics;
        this.telemetry = telemetry;
        this.vertx = vertx;
        this.services = services;
        this.pages = pages;
        this.limits = limits;
        this.cors = cors;
    }

    void serve(@Observes Router router, GatewayConfig config, TrustedProxies trusted) {
        boolean unlimited = config.rateLimit().mode() == GatewayConfig.Switch.OFF;
        ConnectionLimits.configure(config.client(), address -> unlimited || trusted.include(address));
        router.route()
                .order(ORDER)
                .handler(context -> handle(context.request()))
                .failureHandler(this::failed);
    }

    private void handle(HttpServerRequest request) {
        prepare(request);
        Problem problem = RequestHeaders.problemOf(request);
        if (request.uri().length() > HttpLimits.URI_CHARACTERS) {
            problem = ProblemKind.URI_TOO_LONG.because(
                    "A URI may have at most " + HttpLimits.URI_CHARACTERS + " characters.");
        }
        String target = RawPath.originForm(request.uri());
        if (problem == null && target == null) {
            problem = ProblemKind.BAD_PATH.because("The request's target must be a path.");
        }
        if (problem != null) {
            refuse(request, problem);
            return;
        }
        int end = RawPath.endOf(target);
        RawPath.Verdict verdict = RawPath.judge(target, end);
        if (verdict == RawPath.Verdict.BAD) {
            String detail =
                    "Use plain segments: no dot segments, empty segments, or backslashes, and percent-encode what a URI must not contain.";
            refuse(request, ProblemKind.BAD_PATH.because(detail));
            return;
        }
        String path = target.substring(0, end);
        boolean preflight = cors.isPreflight(request);
        Problem limited = preflight ? null : limits.count(request, path);
        if (limited != null) {
            refuse(request, limited);
            return;
        }
        Route route = verdict == RawPath.Verdict.HIDDEN ? null : RouteTable.find(target, end);
        if (route == null) {
            serveItself(request, path, preflight);
        } else if (preflight) {
            cors.permit(request);
        } else if (!PASSED.contains(request.method().name())) {
            request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", PASSED));
            refuse(request, ProblemKind.METHOD_NOT_ALLOWED.because("The API has no such method."));
        } else {
            services.pass(request, route, target, end);
        }
    }

    /** Sets what every response has. */
    private void prepare(HttpServerRequest request) {
        RequestIds.assign(request);
        telemetry.begin(request);
        cors.prepare(request);
    }

    private void serveItself(HttpServerRequest request, String path, boolean preflight) {
        Pages.Page page = pages.at(path);
        HttpMethod method = request.method();
        if (page == null) {
            refuse(request, ProblemKind.UNKNOWN_PATH.because("See /docs for the API."));
        } else if (preflight) {
            cors.permit(request);
        } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            page.serve(request);
        } else if (method.equals(HttpMethod.OPTIONS) && hasNoBody(request)) {
            request.response()
                    .putHeader(HttpHeaders.ALLOW, PAGE_METHODS)
                    .putHeader(HttpHeaders.CACHE_CONTROL, Responses.NO_STORE)
                    .setStatusCode(204)
                    .end();
        } else {
            request.response().putHeader(HttpHeaders.ALLOW, PAGE_METHODS);
            refuse(request, ProblemKind.METHOD_NOT_ALLOWED.because("Use GET or HEAD for this page."));
        }
    }

    /** The body of a refused request is not read, and may be long. */
    private void refuse(HttpServerRequest request, Problem problem) {
        metrics.refused(problem.kind());
        telemetry.responded(request, "gateway", problem.kind().status(), System.nanoTime());
        if (request.isEnded() || hasNoBody(request)) {
            Responses.refuse(request, problem);
        } else {
            Responses.refuseAndClose(vertx, request, problem);
        }
    }

    private static boolean hasNoBody(HttpServerRequest request) {
        return !request.headers().contains("transfer-encoding")
                && (!request.headers().contains("content-length") || "0".equals(request.getHeader("content-length")));
    }

    private void failed(RoutingContext context) {
        if (RequestIds.of(context.request()) == null) {
            prepare(context.request());
        }
        if (context.failure() != null && context.statusCode() >= 500) {
            LOG.errorf(context.failure(), "Request %s failed", RequestIds.of(context.request()));
            refuse(context.request(), ProblemKind.INTERNAL_ERROR.because("The gateway's log has the cause."));
        } else if (context.statusCode() == 404) {
            refuse(context.request(), ProblemKind.UNKNOWN_PATH.because("See /docs for the API."));
        } else {
            refuse(context.request(), ProblemKind.BAD_REQUEST.because("Send an HTTP/1.1 request with a Host header."));
        }
    }
}
