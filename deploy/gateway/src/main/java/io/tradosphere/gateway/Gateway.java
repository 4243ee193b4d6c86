package io.tradosphere.gateway;

import io.tradosphere.gateway.docs.Pages;
import io.tradosphere.gateway.http.Answers;
import io.tradosphere.gateway.http.Problem;
import io.tradosphere.gateway.proxy.ServiceProxy;
import io.tradosphere.gateway.route.RawPath;
import io.tradosphere.gateway.route.Route;
import io.tradosphere.gateway.route.RouteTable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** Decides who answers a request: a service, the gateway itself, or nobody. */
@Singleton
public class Gateway {

    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /** After Quarkus' filters, CORS among them, and before anything else Quarkus would serve on this port. */
    private static final int ORDER = -10;

    /** As the services have it; the server's own limits lie far beyond, since it refuses without a word. */
    private static final int LONGEST_URI = 4_000;

    private static final int MOST_HEADER_CHARACTERS = 16_000;

    private final Vertx vertx;
    private final ServiceProxy services;
    private final Pages pages;

    Gateway(Vertx vertx, ServiceProxy services, Pages pages) {
        this.vertx = vertx;
        this.services = services;
        this.pages = pages;
    }

    void serve(@Observes Router router) {
        router.route()
                .order(ORDER)
                .handler(context -> answer(context.request()))
                .failureHandler(this::failed);
    }

    private void answer(HttpServerRequest request) {
        if (request.uri().length() > LONGEST_URI) {
            refuse(request, Problem.Kind.URI_TOO_LONG.because("A URI has at most " + LONGEST_URI + " characters."));
            return;
        }
        if (headerCharacters(request) > MOST_HEADER_CHARACTERS) {
            String detail = "All headers together have at most " + MOST_HEADER_CHARACTERS + " characters.";
            refuse(request, Problem.Kind.HEADERS_TOO_LARGE.because(detail));
            return;
        }
        String target = RawPath.originForm(request.uri());
        if (target == null) {
            refuse(request, Problem.Kind.BAD_PATH.because("The request's target must be a path."));
            return;
        }
        int end = RawPath.endOf(target);
        RawPath.Verdict verdict = RawPath.judge(target, end);
        if (verdict == RawPath.Verdict.BAD) {
            String detail =
                    "Use plain segments: no dot segments, empty segments, or backslashes, and percent-encode what a URI must not contain.";
            refuse(request, Problem.Kind.BAD_PATH.because(detail));
            return;
        }
        Route route = verdict == RawPath.Verdict.HIDDEN ? null : RouteTable.find(target, end);
        if (route == null) {
            serveItself(request, target.substring(0, end));
        } else if (request.method().equals(HttpMethod.TRACE) || request.method().equals(HttpMethod.CONNECT)) {
            refuse(request, Problem.Kind.METHOD_NOT_ALLOWED.because("TRACE and CONNECT are not passed on."));
        } else {
            services.pass(request, route, target, end);
        }
    }

    private static int headerCharacters(HttpServerRequest request) {
        int characters = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return characters;
    }

    private void serveItself(HttpServerRequest request, String path) {
        Pages.Page page = pages.at(path);
        if (page == null) {
            refuse(request, Problem.Kind.UNKNOWN_PATH.because("See /docs for what there is."));
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Allow", "GET, HEAD");
            refuse(request, Problem.Kind.METHOD_NOT_ALLOWED.because("This page can only be read."));
        } else {
            page.serve(request);
        }
    }

    /** A body that comes with a refused request is of no interest, and may be long. */
    private void refuse(HttpServerRequest request, Problem problem) {
        if (request.isEnded() || hasNoBody(request)) {
            Answers.refuse(request, problem);
        } else {
            Answers.refuseAndClose(vertx, request, problem);
        }
    }

    private static boolean hasNoBody(HttpServerRequest request) {
        return !request.headers().contains("transfer-encoding")
                && (!request.headers().contains("content-length") || "0".equals(request.getHeader("content-length")));
    }

    private void failed(RoutingContext context) {
        if (context.failure() != null && context.statusCode() >= 500) {
            LOG.errorf(
                    context.failure(),
                    "%s %s",
                    context.request().method(),
                    context.request().uri());
            refuse(context.request(), Problem.Kind.INTERNAL_ERROR.because("The gateway's log says why."));
        } else if (context.statusCode() == 404) {
            refuse(context.request(), Problem.Kind.UNKNOWN_PATH.because("See /docs for what there is."));
        } else {
            refuse(context.request(), Problem.Kind.BAD_REQUEST.because("Send an HTTP/1.1 request with a Host header."));
        }
    }
}
