package io.tradosphere.streaming;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of an Agora project, and a fake of the REST API of its cloud recording. */
public final class AgoraFake implements QuarkusTestResourceLifecycleManager {

    /** The project's id. */
    public static final String APP_ID = "970ca35de60c44645bbae8a215061b33";

    /** The project's certificate. */
    public static final String APP_CERTIFICATE = "5cfd2fd1755d40ecb72977518be15d3b";

    /** The secret of the notifications. */
    public static final String NOTIFICATION_SECRET = "notices-of-the-tests";

    /** The secret before it, which is still accepted. */
    public static final String OLD_NOTIFICATION_SECRET = "notices-of-the-tests-before";

    private static final String USER = "customer";
    private static final String PASSWORD = "customer-secret";
    private static final Pattern CALL = Pattern.compile("/v1/apps/" + APP_ID
            + "/cloud_recording/(acquire|resourceid/([^/]+)(?:/sid/([^/]+))?/mode/mix/(start|stop|query))");

    /** The channels of running recordings, by Agora's id. */
    private static final Map<String, String> RUNNING = new ConcurrentHashMap<>();

    private static final AtomicInteger STARTS = new AtomicInteger();
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();
    private static volatile int failure;
    private static volatile JsonObject lastStart;

    private HttpServer server;

    /** Whether a recording runs at Agora. */
    public static boolean runs(String recording) {
        return RUNNING.containsKey(recording);
    }

    /** Whether a call about this recording got no answer, by {@link #whileFailing}. */
    public static boolean hasFailed(String recording) {
        return FAILED.contains(recording);
    }

    /** Ends a recording as Agora does when its channel is empty. */
    public static void end(String recording) {
        RUNNING.remove(recording);
    }

    /** How many recordings were started. */
    public static int starts() {
        return STARTS.get();
    }

    /** The body of the last request that started a recording. */
    public static JsonObject lastStart() {
        return lastStart;
    }

    /** Runs an action while every call gets this status. */
    public static void whileFailing(int status, Runnable work) {
        failure = status;
        try {
            work.run();
        } finally {
            failure = 0;
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", AgoraFake::respond);
        server.start();
        return Map.ofEntries(
                Map.entry("AGORA_APP_ID", APP_ID),
                Map.entry("AGORA_APP_CERTIFICATE", APP_CERTIFICATE),
                Map.entry("AGORA_NOTIFICATION_SECRET", NOTIFICATION_SECRET + "," + OLD_NOTIFICATION_SECRET),
                Map.entry(
                        "AGORA_API_BASE",
                        "http://localhost:" + server.getAddress().getPort()),
                Map.entry("AGORA_CUSTOMER_KEY", USER),
                Map.entry("AGORA_CUSTOMER_SECRET", PASSWORD),
                Map.entry("AGORA_STORAGE_VENDOR", "1"),
                Map.entry("AGORA_STORAGE_REGION", "0"),
                Map.entry("AGORA_STORAGE_BUCKET", "recordings"),
                Map.entry("AGORA_STORAGE_ACCESS_KEY", "access"),
                Map.entry("AGORA_STORAGE_SECRET_KEY", "secret"),
                Map.entry("tradosphere.streaming.feed-patience", "PT0S"),
                Map.entry("tradosphere.streaming.streams-per-day", "5"));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void respond(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher call = CALL.matcher(exchange.getRequestURI().getPath());
        String login =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (failure != 0) {
            if (call.matches() && call.group(3) != null) {
                FAILED.add(call.group(3));
            }
            send(exchange, failure, new JsonObject().put("code", failure));
        } else if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, new JsonObject());
        } else if (!call.matches()) {
            send(exchange, 404, new JsonObject());
        } else if (call.group(4) == null) {
            send(exchange, 200, new JsonObject().put("resourceId", "resource-" + UUID.randomUUID()));
        } else {
            answer(exchange, call, body);
        }
    }

    private static void answer(HttpExchange exchange, Matcher call, String body) throws IOException {
        String recording = call.group(3);
        switch (call.group(4)) {
            case "start" -> {
                lastStart = new JsonObject(body);
                String started = UUID.randomUUID().toString().replace("-", "");
                RUNNING.put(started, lastStart.getString("cname"));
                STARTS.incrementAndGet();
                send(
                        exchange,
                        200,
                        new JsonObject().put("resourceId", call.group(2)).put("sid", started));
            }
            case "stop" -> send(exchange, RUNNING.remove(recording) == null ? 404 : 200, new JsonObject());
            default -> send(exchange, RUNNING.containsKey(recording) ? 200 : 404, new JsonObject());
        }
    }

    private static void send(HttpExchange exchange, int status, JsonObject answer) throws IOException {
        byte[] body = answer.encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
