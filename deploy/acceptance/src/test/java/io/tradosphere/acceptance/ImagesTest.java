package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.Maven;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images that {@code mvn -Pimages} makes, on an empty base. Each runs as a container engine would run it. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesTest {

    private static final Path CHECKOUT = Checkout.find().root();
    private static final String TOPICS = "topics";
    private static final String VERIFY = "verify";
    private static final Duration START = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();

    /** Static, since an instance's folder is not there yet when the images are made. */
    @TempDir
    static Path folder;

    private Process container;

    @BeforeAll
    void make_the_images() throws Exception {
        Path runtime = folder.resolve("runtime");
        run(List.of(CHECKOUT.resolve("deploy/images/runtime").toString(), runtime.toString()));
        List<String> goals = List.of(
                "-q",
                "-Pimages",
                "-Dimage.base=scratch",
                "-Dimage.runtime=" + runtime,
                "-pl",
                String.join(",", modules().values()),
                "cyclonedx:makeBom@sbom",
                "jib:buildTar@image");
        run(Maven.command(goals));
    }

    @AfterEach
    void stop() {
        if (container != null) {
            container.descendants().forEach(ProcessHandle::destroyForcibly);
            container.destroyForcibly();
        }
    }

    static Stream<String> names() {
        return modules().keySet().stream()
                .filter(name -> !Set.of(TOPICS, VERIFY).contains(name));
    }

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        for (Slice slice : Slice.values()) {
            modules.put(slice.service(), slice.service());
        }
        modules.put("gateway", "deploy/gateway");
        modules.put(TOPICS, "shared-schema/topics");
        modules.put(VERIFY, "deploy/verify");
        return modules;
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_image_runs_as_another_user_on_a_root_file_system_that_cannot_be_written(String name) throws Exception {
        // Given
        UnpackedImage image = unpacked(name);
        int port = new Ports().any();
        int management = new Ports().any();
        // When
        start(name, image.command(environment(name, port, management)));
        // Then
        await().atMost(START)
                .until(() ->
                        isReady(name.equals("gateway") ? management : port) || !container.isAlive() && hasEnded(name));
    }

    @Test
    void an_image_migrates_and_serves_with_exactly_the_variables_that_the_chart_renders() throws Exception {
        // Given
        String name = "social-service";
        UnpackedImage image = unpacked(name);
        try (ChartInstallation installation = new ChartInstallation(folder.resolve("installation"))) {
            installation.createTopicsAndUsers();
            installation.bootstrap();
            String migrated =
                    runToTheEnd(image.command(lines(installation.environment("Job", "demo-social-migrations-1"))));
            // When
            int port = new Ports().any();
            Map<String, String> environment = installation.environment("Deployment", "demo-" + name);
            // The pod has an address of its own, this machine has not.
            environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
            environment.put("TRADOSPHERE_MANAGEMENT_PORT", "0");
            start(name, image.command(lines(environment)));
            // Then
            assertThat(migrated).startsWith("The schema social is up to date");
            await().atMost(START).until(() -> isReady(port) || !container.isAlive() && hasEnded(name));
            stop();
        }
    }

    @Test
    void the_image_of_topics_creates_them_and_finds_them_as_the_contract_says() throws Exception {
        // Given
        UnpackedImage image = unpacked(TOPICS);
        List<String> variables = List.of(
                "KAFKA_BOOTSTRAP_SERVERS=" + SharedSuite.endpoints().get("KAFKA_BOOTSTRAP"),
                "TRADOSPHERE_KAFKA_PREFIX=image" + System.nanoTime() + ".");
        // When
        String made = runToTheEnd(image.command(variables));
        String checked = runToTheEnd(image.command(variables, "--check"));
        // Then
        assertThat(made.lines()).isNotEmpty().allMatch(line -> line.endsWith(": created"));
        assertThat(checked).isEqualTo("Every topic is as the event contract says.\n");
    }

    @Test
    void the_image_of_verify_compares_every_derived_value_of_the_suite() throws Exception {
        // Given
        UnpackedImage image = unpacked(VERIFY);
        List<String> variables = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            variables.add(slice.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL="
                    + SharedSuite.endpoints().get(slice.variable() + "_MANAGEMENT_URL"));
        }
        variables.add("TRADOSPHERE_INTERNAL_TOKEN=" + SharedSuite.endpoints().get("TRADOSPHERE_INTERNAL_TOKEN"));
        // When
        String compared = runToTheEnd(image.command(variables));
        // Then
        assertThat(compared).contains("profile.profile_stats.follower_count", "messaging.profiles");
    }

    private UnpackedImage unpacked(String name) throws Exception {
        Path archive = CHECKOUT.resolve(modules().get(name)).resolve("target/jib-image.tar");
        System.out.printf("The image of %s has %,d bytes%n", name, Files.size(archive));
        return UnpackedImage.of(archive, folder.resolve(name + System.nanoTime()));
    }

    private void start(String name, List<String> command) throws IOException {
        container = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private String runToTheEnd(List<String> command) throws IOException, InterruptedException {
        start("program", command);
        assertThat(container.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String log = Files.readString(folder.resolve("program.log"));
        assertThat(container.exitValue()).as(log).isZero();
        return log;
    }

    private static List<String> lines(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private boolean hasEnded(String name) throws IOException {
        throw new AssertionError(Files.readString(folder.resolve(name + ".log")));
    }

    /** What the suite's own process of this service has, but with the image's settings and other ports. */
    private static List<String> environment(String name, int port, int management) throws IOException {
        String pid = SharedSuite.endpoints().get(name.replace("-service", "").toUpperCase(Locale.ROOT) + "_PID");
        List<String> variables =
                new ArrayList<>(List.of(Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.UTF_8)
                        .split("\0")));
        variables.removeIf(
                line -> line.matches("(PATH|HOME|PWD|JAVA_HOME|QUARKUS_HTTP_\\w+|\\w*MANAGEMENT_(HOST|PORT))=.*")
                        || !line.contains("="));
        variables.add("QUARKUS_HTTP_PORT=" + port);
        variables.add("TRADOSPHERE_MANAGEMENT_PORT=" + management);
        variables.add("QUARKUS_MANAGEMENT_PORT=" + management);
        return variables;
    }

    private boolean isReady(int port) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(CHECKOUT.toFile()).inheritIO();
        builder.environment()
                .put(
                        "JAVA_HOME",
                        Path.of(JavaProgram.java()).getParent().getParent().toString());
        Process process = builder.start();
        // Each image compresses a Java runtime of its own. On a busy machine nine of them take a quarter of an hour.
        boolean ended = process.waitFor(30, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(command.toString()).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
    }
}
