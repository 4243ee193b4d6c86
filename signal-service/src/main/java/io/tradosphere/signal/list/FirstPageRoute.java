package io.tradosphere.signal.list;

import io.tradosphere.signal.list.FirstPage.Written;
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
 * Answers a request without a token for a first page that is in memory, before anything else looks at it: there is nobody to
 * identify and nothing to write. Every other request, and one whose page cannot be read, goes its usual way.
 */
@ApplicationScoped
class FirstPageRoute {

    /** Before whatever Quarkus puts in front of the resources. */
    private static final int FIRST = -10_000;

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence LINK = HttpHeaders.createOptimized("Link");

    private final FirstPages pages;

    FirstPageRoute(FirstPages pages) {
        this.pages = pages;
    }

    void install(@Observes Router router) {
        router.get(FirstPages.PATH).order(FIRST).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<FirstPage> asked = isForEverybody(request) ? pages.asked(request.query()) : Optional.empty();
        if (asked.isEmpty()) {
            context.next();
            return;
        }
        FirstPage page = asked.get();
        Written atHand = page.atHand();
        if (atHand != null) {
            send(request.response(), atHand);
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

    private static void send(HttpServerResponse response, Written page) {
        if (response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        if (page.link() != null) {
            response.putHeader(LINK, page.link());
        }
        response.end(page.body());
    }

    /** Exactly the path, nobody's token, and JSON is fine with the client. */
    private static boolean isForEverybody(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.AUTHORIZATION) || !FirstPages.PATH.equals(request.path())) {
            return false;
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept == null || accept.contains("*/*") || accept.contains("application/json");
    }
}
