package io.tradosphere.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Set<String> ALL_SECRETS = Services.all().stream()
            .flatMap(service -> service.secrets().stream())
            .collect(Collectors.toSet());

    @TempDir
    private Path folder;

    private FakeCheckout fakeCheckout;
    private String port;

    @BeforeEach
    void makeClone() throws IOException {
        fakeCheckout = new FakeCheckout(folder.toRealPath());
        port = String.valueOf(new Ports().any());
    }

    @AfterEach
    void stopWhatIsLeft() throws IOException, InterruptedException {
        fakeCheckout.output("down");
        assertThat(running()).isEmpty();
    }

    @Test
    void a_suite_starts_lists_its_endpoints_restarts_killed_processes_and_stops() throws Exception {
        // given
        String output = fakeCheckout.output("up", "--port", port, "--detach", "--replicas", "2");
        assertThat(output)
                .contains("TradoSphere is ready at http://localhost:" + port)
                .endsWith("exit 0");

        // then each URL in endpoints.env responds, and only the owner can read the secrets
        Endpoints endpoints = fakeCheckout.endpoints();
        assertThat(endpoints.all("PROFILE_SERVICE_PIDS")).hasSize(2);
        for (String url : endpoints.all("SOCIAL_SERVICE_URLS")) {
            assertThat(Health.get(url))
                    .get()
                    .asString()
                    .contains("TRADOSPHERE_ENVIRONMENT=development")
                    .contains("OIDC_ISSUER=" + endpoints.get("OIDC_ISSUER"))
                    .contains("KAFKA_BOOTSTRAP_SERVERS=" + endpoints.get("KAFKA_BOOTSTRAP"))
                    .contains("PROFILE_SERVICE_URL=" + endpoints.get("PROFILE_SERVICE_URLS"));
        }
        // and a secret reaches only the service that names it
        for (ServiceDescription service : Services.all()) {
            Map<String, String> environment = environment(endpoints.get(service.urlVariable()));
            assertThat(ALL_SECRETS)
                    .filteredOn(environment::containsKey)
                    .as(service.name())
                    .containsExactlyInAnyOrderElementsOf(service.secrets());
        }
        assertThat(environment(endpoints.get("GATEWAY_MANAGEMENT_URL")))
                .doesNotContainKeys(ALL_SECRETS.toArray(String[]::new));
        assertThat(environment(endpoints.get("BILLING_SERVICE_URL")))
                .containsEntry("STRIPE_WEBHOOK_SECRET", endpoints.get("STRIPE_WEBHOOK_SECRET"))
                .containsEntry("STRIPE_API_BASE", endpoints.get("STRIPE_URL"))
                .hasEntrySatisfying("STRIPE_SECRET_KEY", key -> assertThat(key).startsWith("sk_test_"));
        // and without a key of Stripe's a fake of it runs, which the output says
        assertThat(output).contains("a fake of Stripe at " + endpoints.get("STRIPE_URL"));
        assertThat(Health.get(endpoints.get("STRIPE_URL") + "/_fake")).isPresent();
        for (String file : List.of("endpoints.env", "secrets.properties")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(fakeCheckout.data().resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(fakeCheckout.output("status"))
                .contains("profile-service-2")
                .contains("1.5 s")
                .endsWith("exit 0");
        assertThat(fakeCheckout.output("token", "alice").lines().findFirst())
                .get()
                .asString()
                .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

        // when another one is started, then it fails with one line
        assertThat(fakeCheckout.output("up", "--port", port))
                .startsWith("TradoSphere is already running at http://localhost:" + port)
                .endsWith("down\nexit 1");

        // when processes are killed, then they are restarted
        for (String name : List.of("SIGNAL_SERVICE_PID", "KAFKA_PID", "POSTGRES_PID")) {
            String killed = endpoints.get(name);
            ProcessIdentity.of(Long.parseLong(killed)).ifPresent(Signals::kill);
            await().atMost(SOON).until(() -> !fakeCheckout.endpoints().get(name).equals(killed));
        }
        assertThat(fakeCheckout.output("logs", "launcher"))
                .contains("signal-service was ended by signal 9; restarting it");
        assertThat(fakeCheckout.output("status")).endsWith("exit 0");

        // when it is stopped, then no process is left
        assertThat(fakeCheckout.output("down"))
                .contains("TradoSphere has stopped.")
                .endsWith("exit 0");
        assertThat(running()).isEmpty();
        assertThat(fakeCheckout.output("status")).contains("is not running").endsWith("exit 1");
    }

    @Test
    void the_next_start_cleans_up_after_a_killed_launcher_and_data_survives_until_a_reset() throws Exception {
        // given a suite whose launcher was killed
        assertThat(fakeCheckout.output("up", "--port", port, "--detach")).endsWith("exit 0");
        String secrets = Files.readString(fakeCheckout.data().resolve("secrets.properties"));
        String product = products("POST", "name=Gold").replaceAll("(?s).*\"(prod_\\w+)\".*", "$1");
        PidFile.in(fakeCheckout.data().resolve("run"), SuiteLock.NAME).running().ifPresent(Signals::kill);
        assertThat(running()).isNotEmpty();

        // when
        String output = fakeCheckout.output("up", "--port", port, "--detach");

        // then
        assertThat(output)
                .contains("an earlier run was killed; stopping its processes")
                .endsWith("exit 0");
        assertThat(fakeCheckout.data().resolve("secrets.properties")).hasContent(secrets.strip());
        // and the fake of Stripe still has what it had
        assertThat(products("GET", "")).contains(product);

        // when it is reset, then its data is new
        assertThat(fakeCheckout.output("down")).endsWith("exit 0");
        assertThat(fakeCheckout.output("up", "--port", port, "--detach", "--reset"))
                .endsWith("exit 0");
        assertThat(Files.readString(fakeCheckout.data().resolve("secrets.properties")))
                .isNotEqualTo(secrets);
        assertThat(products("GET", "")).doesNotContain(product);
    }

    @Test
    void an_interrupted_start_leaves_nothing_behind() throws Exception {
        // given a suite that is just starting
        Process launcher = fakeCheckout.run("up", "--port", port);
        await().atMost(SOON).until(() -> !running().isEmpty());

        // when
        launcher.destroy();

        // then
        launcher.waitFor();
        assertThat(running()).isEmpty();
    }

    @Test
    void a_taken_port_is_reported_in_one_line_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(fakeCheckout.output("up", "--port", "" + taken.getLocalPort()))
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken by another program. Stop it, or choose"
                            + " another port with: ./tradosphere up --port N\nexit 1");
        }
    }

    @Test
    void a_service_that_is_described_wrongly_is_reported_in_one_line() throws Exception {
        // given
        Path service = folder.toRealPath().resolve("social-service");
        Files.writeString(service.resolve("pom.xml"), "<project/>");
        Files.writeString(service.resolve("service.yaml"), "name: social-service\nrutes: []\n");

        // when, then
        assertThat(fakeCheckout.output("up", "--port", port))
                .isEqualTo("social-service/service.yaml: unknown key 'rutes'. The keys are name, schema, port, routes,"
                        + " streams, secrets, topics.\nexit 1");
    }

    @Test
    void a_service_that_does_not_start_is_reported_and_everything_is_stopped() throws Exception {
        // given
        Files.writeString(folder.toRealPath().resolve("billing-service/target/quarkus-app/quarkus-run.jar"), "no jar");

        // when
        String output = fakeCheckout.output("up", "--port", port);

        // then
        assertThat(output)
                .contains("billing-service ended with exit code 1")
                .contains("billing-service.log")
                .endsWith("exit 1");
        assertThat(running()).isEmpty();
    }

    /** A call to the fake of Stripe. */
    private String products(String method, String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(fakeCheckout.endpoints().get("STRIPE_URL") + "/v1/products"))
                .header("Authorization", "Bearer sk_test_any")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The environment of a running fake service. */
    private static Map<String, String> environment(String url) {
        return Health.get(url)
                .orElseThrow()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    private List<String> running() {
        return PidFile.all(fakeCheckout.data().resolve("run")).stream()
                .filter(file -> file.running().isPresent())
                .map(PidFile::name)
                .toList();
    }
}
