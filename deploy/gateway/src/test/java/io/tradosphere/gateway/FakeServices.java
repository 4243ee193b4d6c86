package io.tradosphere.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.gateway.route.Service;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fake services: real HTTP servers that echo what they receive, unless a path has another behaviour. Profile-service
 * has two replicas that can be stopped. Of competition-service's three replicas only one ever runs. Streaming-service
 * never runs.
 */
public class FakeServices implements QuarkusTestResourceLifecycleManager {

    /** The gateway's response time-out in the tests. A busy machine may need a second or two for an ordinary response. */
    static final long TIMEOUT_MILLIS = 4_000;

    /** Requests by path, as the services received them. */
    static final Map<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();

    /** Requests whose connection the gateway closed, by path. */
    static final Map<String, AtomicInteger> ABORTED = new ConcurrentHashMap<>();

    private static final Map<String, Handler<HttpServerRequest>> BEHAVIOURS = new ConcurrentHashMap<>();
    private static final Map<String, HttpServer> RUNNING = new ConcurrentHashMap<>();
    private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();
    private static Vertx vertx;

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        Map<String, String> config = new HashMap<>();
        for (Service service : Service.all()) {
            String name = service.schema().toUpperCase(Locale.ROOT);
            PORTS.put(name, freePort());
            config.put(service.urlVariable(), "http://localhost:" + PORTS.get(name));
            if (!name.equals("STREAMING")) {
                begin(name);
            }
        }
        PORTS.put("PROFILE-2", freePort());
        begin("PROFILE-2");
        config.put(
                "PROFILE_SERVICE_URL",
                "http://127.0.0.1:" + PORTS.get("PROFILE") + ", http://127.0.0.1:" + PORTS.get("PROFILE-2"));
        config.put(
                "COMPETITION_SERVICE_URL",
                "http://127.0.0.1:" + freePort() + ", http://127.0.0.1:" + freePort() + ", http://127.0.0.1:"
                        + PORTS.get("COMPETITION"));
        config.put("tradosphere.gateway.upstream.timeout", TIMEOUT_MILLIS + "ms");
        config.put("tradosphere.gateway.openapi.refresh", "1ms");
        config.put("tradosphere.gateway.rate-limit.mode", "off");
        config.put("tradosphere.gateway.body.grace", "3S");
        return config;
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Sets how any service responds to a path. */
    static void answering(String path, Handler<HttpServerRequest> behaviour) {
        BEHAVIOURS.put(path, behaviour);
    }

    static int seen(String path) {
        return SEEN.getOrDefault(path, new AtomicInteger()).get();
    }

    static int aborted(String path) {
        return ABORTED.getOrDefault(path, new AtomicInteger()).get();
    }

    /** Starts a server, possibly again, at its port. */
    static void begin(String name) {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> handle(name, request));
        RUNNING.put(name, await(server.listen(PORTS.get(name), "127.0.0.1")));
    }

    /** Whether a request was sent to the server of that name. */
    static boolean isAt(HttpServerRequest request, String name) {
        return request.localAddress().port() == PORTS.get(name);
    }

    /** Stops a server as a kill would. Its connections end and new ones are refused. */
    static void end(String name) {
        await(RUNNING.remove(name).close());
    }

    private static void handle(String name, HttpServerRequest request) {
        SEEN.computeIfAbsent(request.path(), path -> new AtomicInteger()).incrementAndGet();
        Handler<HttpServerRequest> behaviour = BEHAVIOURS.get(request.path());
        request.connection().closeHandler(closed -> {
            if (!request.response().ended()) {
                ABORTED.computeIfAbsent(request.path(), path -> new AtomicInteger())
                        .incrementAndGet();
            }
        });
        if (request.path().equals("/q/openapi")) {
            openApi(name, request);
        } else if (behaviour != null) {
            behaviour.handle(request);
        } else {
            request.bodyHandler(body -> echo(name, request, body));
        }
    }

    private static void openApi(String name, HttpServerRequest request) {
        Buffer document;
        try (var in = FakeServices.class.getResourceAsStream("/openapi/" + name + ".json")) {
            document = in == null ? null : Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (document == null) {
            request.response().setStatusCode(404).end();
        } else {
            request.response().end(document);
        }
    }

    private static void echo(String name, HttpServerRequest request, Buffer body) {
        JsonObject headers = new JsonObject();
        request.headers().names().forEach(header -> {
            headers.put(
                    header.toLowerCase(Locale.ROOT),
                    new JsonArray(request.headers().getAll(header)));
        });
        JsonObject response = new JsonObject()
                .put("server", name)
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("body", body.getBytes());
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Served-By", name)
                .end(response.toBuffer());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("a fake service could not be started or stopped", failed);
        }
    }
}
