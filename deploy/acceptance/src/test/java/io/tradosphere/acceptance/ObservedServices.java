package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gateway and two services with JSON logs and a collector, on the test stack. The other services are away. */
final class ObservedServices implements AutoCloseable {

    static final String KEY = "a key of the installation, for tests";

    private static final Duration START = Duration.ofSeconds(120);
    private static final String PREFIX = "observed.";
    private static final String HOST = "http://127.0.0.1:";

    private final TestDatabase database = TestStack.get().newDatabase();
    private final Map<String, Path> logs = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final int gateway;

    ObservedServices(Collector collector) throws IOException {
        TestStack stack = TestStack.get();
        Topics.ensure(stack.kafkaBootstrap(), PREFIX);
        Ports ports = new Ports();
        Map<Slice, Integer> http = Map.of(Slice.PROFILE, ports.any(), Slice.SOCIAL, ports.any());
        gateway = ports.any();
        int management = ports.any();
        for (Map.Entry<Slice, Integer> each : http.entrySet()) {
            Map<String, String> environment = observed(collector);
            environment.put("TRADOSPHERE_ENVIRONMENT", "development");
            environment.put("TRADOSPHERE_DB_URL", database.url());
            for (Slice.Role role : Slice.Role.values()) {
                environment.put("TRADOSPHERE_DB_" + role + "_PASSWORD", database.password(each.getKey(), role));
            }
            environment.put("TRADOSPHERE_INTERNAL_TOKEN", KEY);
            environment.put("USERNAME_SECRET", KEY);
            environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrap());
            environment.put("TRADOSPHERE_KAFKA_PREFIX", PREFIX);
            environment.put("OIDC_ISSUER", stack.oidcIssuer());
            environment.put("OIDC_AUDIENCE", "tradosphere");
            environment.put("PROFILE_SERVICE_URL", HOST + http.get(Slice.PROFILE));
            environment.put("QUARKUS_HTTP_PORT", String.valueOf(each.getValue()));
            environment.put("TRADOSPHERE_MANAGEMENT_PORT", "0");
            start(each.getKey().schema() + "-service", each.getKey().schema() + "-service", environment);
        }
        Map<String, String> environment = observed(collector);
        for (Slice slice : Slice.values()) {
            environment.put(slice.variable() + "_URL", HOST + http.getOrDefault(slice, 1));
        }
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(gateway));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        start("gateway", "deploy/gateway", environment);
        http.values().forEach(port -> await().atMost(START).until(() -> isReady(port)));
        await().atMost(START).until(() -> isReady(management));
    }

    private static Map<String, String> observed(Collector collector) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRADOSPHERE_LOG", "json");
        environment.put("TRADOSPHERE_LOG_REQUESTS", "on");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "100");
        return environment;
    }

    private void start(String name, String module, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile(name, ".log");
        logs.put(name, log);
        Path jar = Checkout.find().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaProgram.java(), JavaProgram.COMPILE_QUICKLY, "-Xmx128m", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        processes.add(builder.start());
    }

    /** The gateway's address. */
    String url() {
        return HOST + gateway;
    }

    /** What a process has logged since its start, line by line. What precedes the start is text. */
    List<String> log(String name) {
        try {
            return Files.readAllLines(logs.get(name)).stream()
                    .dropWhile(line -> !line.startsWith("{"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static boolean isReady(int port) {
        try {
            HttpURLConnection health = (HttpURLConnection)
                    URI.create(HOST + port + "/q/health/ready").toURL().openConnection();
            return health.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        database.close();
    }
}
