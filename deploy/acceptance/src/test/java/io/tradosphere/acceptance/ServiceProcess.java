package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged service as an operator starts it, on the test stack: social-service, unless another is named. */
final class ServiceProcess implements AutoCloseable {

    static final Slice SLICE = Slice.SOCIAL;

    private static final int SECONDS = 180;

    private final int port;
    private final Path log;
    private final Process process;

    private ServiceProcess(int port, Map<String, String> environment) throws IOException {
        this(SLICE, port, environment);
    }

    private ServiceProcess(Slice slice, int port, Map<String, String> environment) throws IOException {
        this.port = port;
        this.log = Files.createTempFile(slice.service(), ".log");
        Path jar = Checkout.find().resolve(slice.service() + "/target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaProgram.java(), JavaProgram.COMPILE_QUICKLY, "-Xmx128m", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Starts one that only migrates, with no other variable than it needs. */
    static ServiceProcess migrate(TestDatabase database, String url) throws IOException {
        return new ServiceProcess(
                0,
                Map.of(
                        "TRADOSPHERE_MIGRATE",
                        "only",
                        "TRADOSPHERE_DB_URL",
                        url,
                        "TRADOSPHERE_DB_OWNER_PASSWORD",
                        database.password(SLICE, Slice.Role.OWNER)));
    }

    /** Starts any one, with these variables alone. */
    static ServiceProcess start(Slice slice, int port, Map<String, String> environment) throws IOException {
        return new ServiceProcess(slice, port, environment);
    }

    /** Starts one that serves without the owner. */
    static ServiceProcess serve(TestDatabase database, String url) throws IOException {
        int port = new Ports().any();
        Map<String, String> environment = environment(SLICE, database, url, "start.", port);
        environment.put("TRADOSPHERE_MIGRATE", "never");
        environment.remove("TRADOSPHERE_DB_OWNER_PASSWORD");
        return new ServiceProcess(port, environment);
    }

    /** Starts one that migrates and serves, with topics of that prefix and further variables. */
    static ServiceProcess whole(Slice slice, TestDatabase database, String prefix, Map<String, String> further)
            throws IOException {
        int port = new Ports().any();
        Map<String, String> environment = environment(slice, database, database.url(), prefix, port);
        environment.putAll(further);
        return new ServiceProcess(slice, port, environment);
    }

    private static Map<String, String> environment(
            Slice slice, TestDatabase database, String url, String prefix, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        environment.put("TRADOSPHERE_DB_URL", url);
        for (Slice.Role role : Slice.Role.values()) {
            environment.put("TRADOSPHERE_DB_" + role + "_PASSWORD", database.password(slice, role));
        }
        environment.put("KAFKA_BOOTSTRAP_SERVERS", TestStack.get().kafkaBootstrap());
        environment.put("TRADOSPHERE_KAFKA_PREFIX", prefix);
        environment.put("OIDC_ISSUER", TestStack.get().oidcIssuer());
        environment.put("OIDC_AUDIENCE", "tradosphere");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_MANAGEMENT_PORT", "0");
        return environment;
    }

    /** The address at which it serves. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Kills it with SIGKILL, and waits until it has ended. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What it has said. */
    String output() throws IOException {
        return Files.readString(log);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Whether it serves requests now. */
    boolean isReady() {
        return isReady(port);
    }

    /** Whether a service on this port serves requests now. */
    static boolean isReady(int port) {
        try {
            HttpURLConnection health = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            return health.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
