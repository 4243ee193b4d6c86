package io.tradosphere.gateway.docs;

import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.http.Responses;
import io.tradosphere.gateway.openapi.MergedDocument;
import io.tradosphere.gateway.proxy.TrustedProxies;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** The pages that the gateway serves itself, by path. */
@Singleton
public class Pages {

    private static final Logger LOG = Logger.getLogger(Pages.class);
    private static final String ASSETS = "/docs/assets/";
    private static final String PROBLEMS = "/docs/problems/";
    private static final String SCHEMAS = "/schemas/";
    private static final Buffer LINKS = new JsonObject()
            .put("name", "TradoSphere")
            .put("docs", "/docs")
            .put("openapi", "/openapi.json")
            .put("asyncapi", "/asyncapi.yaml")
            .put("events", "/docs/events")
            .put("problems", "/docs/problems")
            .toBuffer();

    private final Map<String, Page> pages;
    private final ApiReference reference;
    private final ProblemPages problems;
    private final EventContract events;
    private final MergedDocument openApi;
    private final TrustedProxies trusted;
    private final GatewayConfig config;

    /** A page that can be read with GET or HEAD. */
    @FunctionalInterface
    public interface Page {
        /** Responds to a request for the page. */
        void serve(HttpServerRequest request);
    }

    Pages(
            ApiReference reference,
            ProblemPages problems,
            EventContract events,
            MergedDocument openApi,
            TrustedProxies trusted,
            GatewayConfig config) {
        this.reference = reference;
        this.problems = problems;
        this.events = events;
        this.openApi = openApi;
        this.trusted = trusted;
        this.config = config;
        this.pages = Map.of(
                "/",
                request -> Responses.send(request, "application/json", LINKS),
                "/openapi.json",
                this::serveOpenApi,
                "/docs",
                reference::serve,
                "/docs/problems",
                request -> Html.send(request, problems.index()),
                "/docs/events",
                events::servePage,
                "/asyncapi.yaml",
                events::serveDocument,
                "/asyncapi.json",
                events::serveBundle,
                SCHEMAS,
                events::serveIndex);
    }

    /** The page at a path; null when there is none. */
    public Page at(String path) {
        Page page = pages.get(path);
        if (page != null) {
            return page;
        }
        if (path.startsWith(ASSETS)) {
            return reference.asset(path.substring(ASSETS.length()));
        }
        if (path.startsWith(SCHEMAS)) {
            return events.schema(path.substring(SCHEMAS.length()));
        }
        Buffer problem = path.startsWith(PROBLEMS) ? problems.page(path.substring(PROBLEMS.length())) : null;
        return problem == null ? null : request -> Html.send(request, problem);
    }

    private void serveOpenApi(HttpServerRequest request) {
        String base = config.publicUrl().orElseGet(() -> trusted.baseOf(request));
        openApi.at(base)
                .onSuccess(rendering -> {
                    if (!rendering.missing().isEmpty()) {
                        request.response().putHeader("X-Missing-Services", String.join(", ", rendering.missing()));
                    }
                    Responses.send(request, "application/json", rendering.json());
                })
                .onFailure(failing(request));
    }

    static void refuseUnknown(HttpServerRequest request) {
        Responses.refuse(request, ProblemKind.UNKNOWN_PATH.because("See /docs for the API."));
    }

    static Handler<Throwable> failing(HttpServerRequest request) {
        return failure -> {
            LOG.errorf(failure, "%s %s", request.method(), request.uri());
            Responses.refuse(request, ProblemKind.INTERNAL_ERROR.because("The gateway's log has the cause."));
        };
    }
}
