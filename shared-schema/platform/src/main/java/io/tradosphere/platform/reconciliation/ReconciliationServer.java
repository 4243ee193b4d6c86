package io.tradosphere.platform.reconciliation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The HTTP server of the management port. It serves reconciliations to operators, and this service's sources to other services.
 * The gateway has no route to it, and every call needs the internal token.
 *
 * <p>It is a server of its own: Quarkus' management interface would move health and metrics, whose port is a promise.
 */
@ApplicationScoped
public class ReconciliationServer {

    static final String ROOT = "/internal/reconciliation/v1/";

    private static final Logger LOG = Logger.getLogger(ReconciliationServer.class);
    private static final long MAX_BODY_BYTES = 1_000_000;
    private static final long START_SECONDS = 10;

    private final Vertx vertx;
    private final InternalToken token;
    private final Sources sources;
    private final Reconciler reconciler;
    private final Instance<Reconciled> features;
    private final VerifyMetrics metrics;
    private final String host;
    private final int port;
    private volatile HttpServer server;

    ReconciliationServer(
            Vertx vertx,
            InternalToken token,
            Sources sources,
            Reconciler reconciler,
            @Any Instance<Reconciled> features,
            VerifyMetrics metrics,
            @ConfigProperty(name = "tradosphere.management.host") String host,
            @ConfigProperty(name = "tradosphere.management.port") int port) {
        this.vertx = vertx;
        this.token = token;
        this.sources = sources;
        this.reconciler = reconciler;
        this.features = features;
        this.metrics = metrics;
        this.host = host;
        this.port = port;
    }

    void start(@Observes StartupEvent started) throws ExecutionException, InterruptedException, TimeoutException {
        all().forEach(one -> metrics.register(qualified(one)));
        server = vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port))
                .requestHandler(router())
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (server != null) {
            server.close();
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::authenticate);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.get(ROOT + "reconciliations")
                .handler(context -> respond(context, Uni.createFrom().item(this::described)));
        router.post(ROOT + "runs").handler(this::run);
        ofSource(router, "digests", call -> sources.digests(call.source()).map(ReconciliationServer::json));
        ofSource(
                router,
                "rows",
                call -> (call.body().containsKey("ranges")
                                ? sources.ofRanges(call.source(), call.list("ranges"))
                                : sources.ofKeys(call.source(), call.list("keys")))
                        .map(rows -> json(rows.sequence(), rows.rows())));
        ofSource(
                router,
                "published",
                call -> sources.awaitPublished(call.source()).replaceWith(JsonObject::new));
        ofSource(
                router,
                "republications",
                call -> sources.republish(call.source(), call.list("keys")).replaceWith(JsonObject::new));
        ofSource(
                router,
                "holds",
                call -> sources.hold(call.source(), call.list("keys"))
                        .map(hold -> json(hold.sequence(), hold.rows())
                                .put("id", hold.id().toString())));
        router.post(ROOT + "holds/:id/release")
                .handler(context -> respond(context, Uni.createFrom().item(() -> {
                    sources.release(UUID.fromString(context.pathParam("id")));
                    return new JsonObject();
                })));
        return router;
    }

    private void authenticate(RoutingContext context) {
        if (token.isIn(context.request().getHeader("Authorization"))) {
            context.next();
        } else {
            fail(context, 401, "This interface needs the header Authorization with TRADOSPHERE_INTERNAL_TOKEN.");
        }
    }

    private void ofSource(Router router, String operation, Function<SourceCall, Uni<JsonObject>> handler) {
        router.post(ROOT + "sources/:dataset/" + operation)
                .handler(context -> respond(
                        context,
                        Uni.createFrom()
                                .deferred(() -> handler.apply(
                                        new SourceCall(sources.named(context.pathParam("dataset")), body(context))))));
    }

    private JsonObject described() {
        return new JsonObject()
                .put(
                        "reconciliations",
                        new JsonArray(all().stream()
                                .map(one -> new JsonObject()
                                        .put("name", qualified(one))
                                        .put(
                                                "columns",
                                                new JsonArray(one.columns().stream()
                                                        .sorted()
                                                        .toList())))
                                .toList()));
    }

    private void run(RoutingContext context) {
        Uni.createFrom()
                .item(() -> named(body(context).getString("name")))
                .subscribe()
                .with(found -> run(context, found), failure -> fail(context, failure));
    }

    private void run(RoutingContext context, Reconciliation found) {
        RunResponse response = RunResponse.begin(vertx, context.response());
        Uni.createFrom()
                .deferred(() -> found.run(
                        reconciler.watchedBy(response::progressed),
                        body(context).getBoolean("repair", false)))
                .invoke(outcome -> metrics.ended(qualified(found), outcome))
                .map(ReconciliationServer::json)
                .subscribe()
                .with(response::end, failure -> response.fail(explanation(context, failure)));
    }

    private Reconciliation named(String name) {
        return all().stream()
                .filter(one -> qualified(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new ReconciliationException("There is no reconciliation '" + name + "'."));
    }

    private List<Reconciliation> all() {
        return features.stream()
                .flatMap(feature -> feature.reconciliations().stream())
                .toList();
    }

    private String qualified(Reconciliation reconciliation) {
        return reconciler.slice().name() + "." + reconciliation.name();
    }

    private static void respond(RoutingContext context, Uni<JsonObject> response) {
        response.subscribe()
                .with(
                        body -> context.response()
                                .putHeader("Content-Type", "application/json")
                                .end(body.toBuffer()),
                        failure -> fail(context, failure));
    }

    private static void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof DecodeException
                || failure instanceof ClassCastException
                || failure instanceof IllegalArgumentException) {
            fail(context, 400, "The request's body or path is not as the interface expects.");
        } else {
            fail(context, 503, explanation(context, failure));
        }
    }

    private static String explanation(RoutingContext context, Throwable failure) {
        if (failure instanceof ReconciliationException explained) {
            return explained.getMessage();
        }
        LOG.errorf(failure, "%s failed", context.normalizedPath());
        return "The service's log says why: " + failure.getMessage();
    }

    private static void fail(RoutingContext context, int status, String message) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(message);
    }

    private static JsonObject body(RoutingContext context) {
        JsonObject body = context.body().asJsonObject();
        if (body == null) {
            throw new DecodeException("no JSON object");
        }
        return body;
    }

    private static JsonObject json(RowSets.Digests digests) {
        JsonObject ranges = new JsonObject();
        digests.ranges().forEach(ranges::put);
        return new JsonObject()
                .put("sequence", digests.sequence())
                .put("rows", digests.rows())
                .put("ranges", ranges);
    }

    private static JsonObject json(long sequence, List<KeyedRow> rows) {
        return new JsonObject()
                .put("sequence", sequence)
                .put(
                        "rows",
                        new JsonArray(rows.stream()
                                .map(row -> new JsonArray()
                                        .add(row.key())
                                        .add(row.state())
                                        .add(row.mark()))
                                .toList()));
    }

    private static JsonObject json(Outcome outcome) {
        return new JsonObject()
                .put("rows", outcome.rows())
                .put("drift", outcome.drift())
                .put("repaired", outcome.repaired())
                .put(
                        "shown",
                        new JsonArray(outcome.shown().stream()
                                .map(drift ->
                                        new JsonObject().put("id", drift.id()).put("difference", drift.difference()))
                                .toList()));
    }

    /** A call about a source. */
    private record SourceCall(ReplicaSource source, JsonObject body) {

        List<String> list(String name) {
            JsonArray values = body.getJsonArray(name);
            if (values == null) {
                throw new DecodeException("no " + name);
            }
            return values.stream().map(String.class::cast).toList();
        }
    }
}
