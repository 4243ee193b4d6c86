package io.tradosphere.cli.suite;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A fake service. It is ready at once and returns its environment. */
public final class FakeService {

    private FakeService() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(Optional.ofNullable(environment.get("QUARKUS_MANAGEMENT_PORT"))
                .orElse(environment.get("QUARKUS_HTTP_PORT")));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().equals("/q/metrics")
                    ? "tradosphere_outbox_oldest_age_seconds 1.5\n".getBytes(StandardCharsets.UTF_8)
                    : lines(environment).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static String lines(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> !variable.getValue().contains("\n"))
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
