package io.tradosphere.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private FakeClone fakeClone;
    private String port;

    @BeforeEach
    void makeClone() throws IOException {
        fakeClone = new FakeClone(folder.toRealPath());
        port = String.valueOf(new Ports().any());
    }

    @AfterEach
    void stopWhatIsLeft() throws IOException, InterruptedException {
        fakeClone.say("down");
        assertThat(running()).isEmpty();
    }

    @Test
    void a_suite_comes_up_says_where_it_is_mends_itself_and_stops() throws Exception {
        // given
        String said = fakeClone.say("up", "--port", port, "--detach", "--replicas", "2");
        assertThat(said)
                .contains("TradoSphere is ready at http://localhost:" + port)
                .endsWith("exit 0");

        // then everything is where endpoints.env says, and its secrets are its owner's
        Endpoints endpoints = fakeClone.endpoints();
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
        for (String file : List.of("endpoints.env", "secrets.properties")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(fakeClone.data().resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(fakeClone.say("status"))
                .contains("profile-service-2")
                .contains("1.5 s")
                .endsWith("exit 0");
        assertThat(fakeClone.say("token", "alice").lines().findFirst())
                .get()
                .asString()
                .matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

        // when one more is started, then it says one line
        assertThat(fakeClone.say("up", "--port", port))
                .startsWith("TradoSphere is already running at http://localhost:" + port)
                .endsWith("down\nexit 1");

        // when processes are killed, then others take their place
        for (String name : List.of("SIGNAL_SERVICE_PID", "KAFKA_PID", "POSTGRES_PID")) {
            String killed = endpoints.get(name);
            ProcessIdentity.of(Long.parseLong(killed)).ifPresent(Signals::kill);
            await().atMost(SOON).until(() -> !fakeClone.endpoints().get(name).equals(killed));
        }
        assertThat(fakeClone.say("logs", "launcher"))
                .contains("signal-service was ended by signal 9; starting it again");
        assertThat(fakeClone.say("status")).endsWith("exit 0");

        // when it is told to stop, then nothing is left
        assertThat(fakeClone.say("down")).contains("TradoSphere has stopped.").endsWith("exit 0");
        assertThat(running()).isEmpty();
        assertThat(fakeClone.say("status")).contains("is not running").endsWith("exit 1");
    }

    @Test
    void a_killed_launcher_is_cleaned_up_after_and_data_survives_until_a_reset() throws Exception {
        // given a suite whose launcher was killed
        assertThat(fakeClone.say("up", "--port", port, "--detach")).endsWith("exit 0");
        String secrets = Files.readString(fakeClone.data().resolve("secrets.properties"));
        PidFile.in(fakeClone.data().resolve("run"), SuiteLock.NAME).running().ifPresent(Signals::kill);
        assertThat(running()).isNotEmpty();

        // when
        String said = fakeClone.say("up", "--port", port, "--detach");

        // then
        assertThat(said)
                .contains("an earlier run was killed; stopping what it left")
                .endsWith("exit 0");
        assertThat(fakeClone.data().resolve("secrets.properties")).hasContent(secrets.strip());

        // when it is reset, then its data is new
        assertThat(fakeClone.say("down")).endsWith("exit 0");
        assertThat(fakeClone.say("up", "--port", port, "--detach", "--reset")).endsWith("exit 0");
        assertThat(Files.readString(fakeClone.data().resolve("secrets.properties")))
                .isNotEqualTo(secrets);
    }

    @Test
    void an_interrupted_start_leaves_nothing_behind() throws Exception {
        // given a suite that is just starting
        Process launcher = fakeClone.run("up", "--port", port);
        await().atMost(SOON).until(() -> !running().isEmpty());

        // when
        launcher.destroy();

        // then
        launcher.waitFor();
        assertThat(running()).isEmpty();
    }

    @Test
    void a_taken_port_is_said_in_one_line_with_the_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(fakeClone.say("up", "--port", "" + taken.getLocalPort()))
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken by another program: stop that, or choose"
                            + " another port with: ./tradosphere up --port N\nexit 1");
        }
    }

    @Test
    void a_service_that_does_not_come_up_is_said_and_all_is_stopped() throws Exception {
        // given
        Files.writeString(folder.toRealPath().resolve("billing-service/target/quarkus-app/quarkus-run.jar"), "no jar");

        // when
        String said = fakeClone.say("up", "--port", port);

        // then
        assertThat(said)
                .contains("billing-service ended with exit code 1")
                .contains("billing-service.log")
                .endsWith("exit 1");
        assertThat(running()).isEmpty();
    }

    private List<String> running() {
        return PidFile.all(fakeClone.data().resolve("run")).stream()
                .filter(file -> file.running().isPresent())
                .map(PidFile::name)
                .toList();
    }
}
