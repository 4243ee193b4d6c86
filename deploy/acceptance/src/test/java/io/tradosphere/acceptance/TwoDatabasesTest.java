package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Secrets;
import io.tradosphere.cli.verify.Outcome;
import io.tradosphere.cli.verify.Reconciliation;
import io.tradosphere.cli.verify.Reconciliations;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Databases;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A second installation on the suite's servers, each of whose slices has a database of its own. */
@Order(10)
class TwoDatabasesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String PREFIX = "two.";
    private static final List<Slice> SLICES = List.of(Slice.PROFILE, Slice.SOCIAL);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ports ports = new Ports();
    private final Secrets secrets = Secrets.of(SharedSuite.get().data());
    private final Map<Slice, Integer> apiPorts = new LinkedHashMap<>();
    private final Map<Slice, Integer> managementPorts = new LinkedHashMap<>();
    private final Map<Slice, Address> databases = new LinkedHashMap<>();
    private final Map<Slice, Process> processes = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        Topics.ensure(SharedSuite.endpoints().get("KAFKA_BOOTSTRAP"), PREFIX);
        for (Slice slice : SLICES) {
            apiPorts.put(slice, ports.any());
            managementPorts.put(slice, ports.any());
            databases.put(
                    slice,
                    new Databases(Database.address().in("postgres"), secrets::get)
                            .prepare("two_" + slice.schema(), List.of(slice)));
        }
        for (Slice slice : SLICES) {
            processes.put(slice, start(slice));
        }
        await().atMost(TIMEOUT).until(() -> SLICES.stream().allMatch(this::isReady));
    }

    @AfterEach
    void stop() {
        processes.values().forEach(Process::destroyForcibly);
        SLICES.forEach(
                slice -> new Databases(Database.address().in("postgres"), secrets::get).drop("two_" + slice.schema()));
    }

    @Test
    void a_replica_is_verified_and_repaired_from_a_source_in_another_database() throws Exception {
        // given a follow, whose replica is in the other database
        Client fan = Client.withoutProfile();
        Client star = Client.withoutProfile();
        for (Client client : List.of(fan, star)) {
            String username = "two" + client.id().toString().replace("-", "").substring(0, 20);
            assertThat(send(Slice.PROFILE, client, "POST", "/v1/profiles", "{\"username\":\"" + username + "\"}"))
                    .isEqualTo(201);
        }
        await().atMost(TIMEOUT).until(() -> send(Slice.SOCIAL, fan, "PUT", "/v1/follows/" + star.id(), "") == 204);
        assertThat(run("profile.follow_edges", false).drift()).isZero();
        assertThat(run("social.profiles", false).rows()).isEqualTo(2);

        // when
        execute(Slice.PROFILE, "DELETE FROM profile.follow_edges");
        execute(Slice.SOCIAL, "UPDATE social.profiles SET tier = 'legend' WHERE id = '" + star.id() + "'");

        // then
        assertThat(run("profile.follow_edges", false).shown())
                .containsExactly(new Outcome.Drift(fan.id() + ":" + star.id(), "is not known, should be"));
        assertThat(run("social.profiles", false).shown())
                .containsExactly(new Outcome.Drift(star.id().toString(), "tier is legend, should be free"));
        assertThat(run("profile.profile_stats.follower_count", true).repaired()).isEqualTo(1);
        assertThat(run("profile.follow_edges", true).repaired()).isEqualTo(1);
        assertThat(run("social.profiles", true).repaired()).isEqualTo(1);
        for (String name : List.of("profile.follow_edges", "social.profiles", "profile.profile_stats.follower_count")) {
            assertThat(run(name, false).drift()).as(name).isZero();
        }
    }

    private Outcome run(String name, boolean repair) {
        Map<String, String> values = new HashMap<>(SharedSuite.endpoints().values());
        managementPorts.forEach(
                (slice, port) -> values.put(slice.variable() + "_MANAGEMENT_URL", "http://127.0.0.1:" + port));
        Reconciliations services = new Reconciliations(new Endpoints(values));
        Reconciliation reconciliation = services.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return services.run(reconciliation, repair);
    }

    private void execute(Slice slice, String sql) throws SQLException {
        try (Connection connection = databases.get(slice).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int send(Slice slice, Client client, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + apiPorts.get(slice) + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + client.token());
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private boolean isReady(Slice slice) {
        if (!processes.get(slice).isAlive()) {
            throw new AssertionError(slice.service() + " has ended");
        }
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + apiPorts.get(slice) + "/q/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private Process start(Slice slice) throws IOException {
        Path jar = SharedSuite.get().data().path().resolve("apps/" + slice.service() + "/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaProgram.java(), JavaProgram.COMPILE_QUICKLY, "-Xmx128m", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(SharedSuite.get()
                        .data()
                        .logs()
                        .resolve("two-" + slice.service() + ".log")
                        .toFile());
        Map<String, String> environment = builder.environment();
        Endpoints endpoints = SharedSuite.endpoints();
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        environment.put("TRADOSPHERE_DB_URL", databases.get(slice).urlWithoutUser());
        for (Slice.Role role : Slice.Role.values()) {
            environment.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", secrets.get(slice.role(role)));
        }
        environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.get("KAFKA_BOOTSTRAP"));
        environment.put("TRADOSPHERE_KAFKA_PREFIX", PREFIX);
        environment.put("OIDC_ISSUER", endpoints.get("OIDC_ISSUER"));
        environment.put("OIDC_AUDIENCE", "tradosphere");
        environment.put("USERNAME_SECRET", "a-secret-of-tests-with-32-characters");
        environment.put("PROFILE_SERVICE_URL", "http://127.0.0.1:" + apiPorts.get(Slice.PROFILE));
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(apiPorts.get(slice)));
        environment.put("TRADOSPHERE_MANAGEMENT_PORT", String.valueOf(managementPorts.get(slice)));
        environment.put("TRADOSPHERE_INTERNAL_TOKEN", endpoints.get("TRADOSPHERE_INTERNAL_TOKEN"));
        managementPorts.forEach((source, port) -> environment.put(
                source.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL", "http://127.0.0.1:" + port));
        return builder.start();
    }
}
