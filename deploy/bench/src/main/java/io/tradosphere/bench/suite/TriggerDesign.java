package io.tradosphere.bench.suite;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running trigger design: a Quarkus service on the seed schema, behind a second instance of the suite's gateway. Both use
 * the JVM flags of their counterparts in the suite, read from the running processes.
 *
 * @param service the service's process
 * @param gateway the gateway that routes follows to it
 * @param gatewayUrl the gateway's base URL
 */
public record TriggerDesign(Child service, Child gateway, String gatewayUrl) {

    private static final String SERVICE = "deploy/bench/trigger-service/target/quarkus-app/quarkus-run.jar";
    private static final String HOST = "127.0.0.1";
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(15);

    /**
     * Starts both processes.
     *
     * @param seed the database with the seed schema, with the role of the requests
     * @throws StackException when one does not start; the message is one line
     */
    public static TriggerDesign start(Checkout checkout, BenchSuite suite, Endpoints endpoints, Address seed) {
        Path jar = checkout.resolve(SERVICE);
        if (!Files.exists(jar)) {
            throw new StackException(
                    "The trigger design is not built; build it with: mvn -pl deploy/bench/trigger-service -DskipTests package");
        }
        Ports ports = new Ports();
        int port = ports.any();
        Map<String, String> environment = common(port);
        environment.put("TRADOSPHERE_DB_URL", seed.urlWithoutUser());
        environment.put("TRADOSPHERE_DB_APP_PASSWORD", seed.password());
        environment.put("OIDC_ISSUER", endpoints.get("OIDC_ISSUER"));
        environment.put("OIDC_AUDIENCE", "tradosphere");
        Child service = start(
                suite,
                "trigger-service",
                commandLineOf(endpoints.pid("SOCIAL_SERVICE_PID"), Optional.of(jar)),
                environment,
                url(port));
        int gatewayPort = ports.any();
        int management = ports.any();
        Map<String, String> routes = common(gatewayPort);
        routes.put("TRADOSPHERE_RATE_LIMIT", "off");
        routes.put("QUARKUS_MANAGEMENT_HOST", HOST);
        routes.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        for (Slice slice : Slice.values()) {
            String variable = slice.variable() + "_URL";
            routes.put(variable, slice.equals(Slice.SOCIAL) ? url(port) : endpoints.get(variable));
        }
        try {
            Child gateway = start(
                    suite,
                    "trigger-gateway",
                    commandLineOf(endpoints.pid("GATEWAY_PID"), Optional.empty()),
                    routes,
                    url(management));
            return new TriggerDesign(service, gateway, url(gatewayPort));
        } catch (StackException failure) {
            service.stop(GRACE);
            throw failure;
        }
    }

    /** Stops both processes. */
    public void stop() {
        gateway.stop(GRACE);
        service.stop(GRACE);
    }

    private static String url(int port) {
        return "http://" + HOST + ":" + port;
    }

    private static Map<String, String> common(int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", HOST);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /**
     * The command line of a running service, optionally with another jar. AOT cache options are removed, since the cache does
     * not match.
     */
    private static List<String> commandLineOf(long pid, Optional<Path> jar) {
        ProcessHandle.Info running = ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .orElseThrow(() -> new StackException("Process " + pid + " has ended."));
        List<String> command = new ArrayList<>();
        command.add(running.command().orElseThrow());
        String[] arguments = running.arguments().orElseThrow();
        for (int i = 0; i < arguments.length; i++) {
            if (jar.isPresent() && i > 0 && arguments[i - 1].equals("-jar")) {
                command.add(jar.get().toString());
            } else if (!arguments[i].startsWith("-XX:AOT")) {
                command.add(arguments[i]);
            }
        }
        return command;
    }

    /** Starts a process that stops with the suite, and waits until it is ready. */
    static Child start(
            BenchSuite suite, String name, List<String> command, Map<String, String> environment, String healthUrl) {
        Path log = suite.logs().resolve(name + ".log");
        Child child = Child.start(new Launch(name, command, environment, log, Signals.Polite.TERM), suite.run());
        try {
            return child.awaitReady(READY, () -> isReady(healthUrl));
        } catch (StackException notReady) {
            child.stop(GRACE);
            throw notReady;
        }
    }

    private static boolean isReady(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
