package io.tradosphere.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a cluster's API as Helm's {@code lookup} of a secret asks for. Helm finds it by KUBECONFIG, the file that the build names.
 */
final class FakeCluster {

    private static final String RESOURCES = """
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[
             {"name":"secrets","singularName":"secret","namespaced":true,"kind":"Secret","verbs":["get"]}]}
            """;
    private static final String ABSENT = """
            {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}
            """;
    private static final FakeCluster ONLY = new FakeCluster();

    private final Map<String, JsonNode> secrets = new ConcurrentHashMap<>();

    private FakeCluster() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            Files.writeString(Path.of(System.getenv("KUBECONFIG")), """
                    {"apiVersion": "v1", "kind": "Config", "current-context": "fake",
                     "clusters": [{"name": "fake", "cluster": {"server": "http://127.0.0.1:%d"}}],
                     "contexts": [{"name": "fake", "context": {"cluster": "fake", "user": "fake"}}],
                     "users": [{"name": "fake", "user": {}}]}
                    """.formatted(
                            server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that runs as long as the JVM. It is empty at first. */
    static FakeCluster get() {
        return ONLY;
    }

    /** Has it know a secret from now on. */
    void add(JsonNode secret) {
        secrets.put(secret.at("/metadata/name").asText(), secret);
    }

    /** Has it know none any more. */
    void clear() {
        secrets.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode secret = secrets.get(path.substring(path.lastIndexOf('/') + 1));
        if (path.equals("/api/v1")) {
            send(exchange, 200, RESOURCES);
        } else if (path.startsWith("/api/v1/namespaces/trading/secrets/") && secret != null) {
            send(exchange, 200, secret.toString());
        } else {
            send(exchange, 404, ABSENT);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
