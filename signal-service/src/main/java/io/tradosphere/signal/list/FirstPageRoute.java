package io.tradosphere.signal.list;

import io.tradosphere.signal.list.FirstPage.RenderedPage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * A route that serves cached first pages to requests without a token, ahead of all other handlers. Every other request,
 * and one whose page cannot be loaded, continues to the resource.
 */
@ApplicationScoped
class FirstPageRoute {

    /** Runs before the handlers that Quarkus installs. */
    private static final int FIRST = -10_000;

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence LINK = HttpHeaders.createOptimized("Link");

    private final FirstPages pages;

    FirstPageRoute(FirstPages pages) {
        this.pages = pages;
    }

    void install(@Observes Router router) {
        router.get(FirstPages.PATH).order(FIRST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<FirstPage> requested = isPublicRequest(request) ? pages.find(request.query()) : Optional.empty();
        if (requested.isEmpty()) {
            context.next();
            return;
        }
        FirstPage page = requested.get();
        RenderedPage cached = page.cached();
        if (cached != null) {
            send(request.response(), cached);
        } else {
            awaitAndSend(context, page);
        }
    }

    private static void awaitAndSend(RoutingContext context, FirstPage page) {
        HttpServerRequest request = context.request().pause();
        Context own = Vertx.currentContext();
        page.find()
                .onComplete(found -> own.runOnContext(back -> {
                    request.resume();
                    if (found.succeeded()) {
                        send(request.response(), found.result());
                    } else {
                        context.next();
                    }
                }));
    }

    private static void send(HttpServerResponse response, RenderedPage page) {
        if (response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        if (page.link() != null) {
            response.putHeader(LINK, page.link());
        }
        response.end(page.body());
    }

    /** Whether it asks for exactly the path, has no token, and accepts JSON. */
    private static boolean isPublicRequest(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.AUTHORIZATION) || !FirstPages.PATH.equals(request.path())) {
            return false;
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.contains("*/*") || accept.contains("application/json");
    }
}
