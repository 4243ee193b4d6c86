package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.postgres.Databases;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.topics.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Services as the chart starts them: with exactly its variables, a bootstrapped database, a Job's migrations, and a broker that lets
 * each do no more than its KafkaUser says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartStartTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private ChartInstallation installation;
    private Process service;

    @BeforeAll
    void install() throws Exception {
        installation = new ChartInstallation(folder);
        installation.createTopicsAndUsers();
        if (ChartInstallation.hasPsql()) {
            installation.bootstrap();
        } else {
            System.out.println("Not checked: the chart's bootstrap, since this machine has no psql.");
            new Databases(installation.database().in("postgres"), this::password)
                    .prepare("tradosphere", Arrays.asList(Slice.values()));
        }
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.destroyForcibly();
        }
    }

    @AfterAll
    void end() {
        installation.close();
    }

    static Stream<Slice> slices() {
        return Arrays.stream(Slice.values()).filter(slice -> !slice.equals(Slice.MESSAGING));
    }

    @Test
    void the_bootstrap_runs_again_and_changes_nothing() throws Exception {
        if (ChartInstallation.hasPsql()) {
            assertThat(installation.bootstrap())
                    .isEqualTo("The database is ready for: "
                            + String.join(
                                    ",",
                                    Arrays.stream(Slice.values())
                                            .map(Slice::schema)
                                            .toList())
                            + ".\n");
        }
    }

    @Test
    void the_topics_of_the_chart_are_those_of_the_contract() {
        try (TopicSetup topics =
                new TopicSetup(Map.of("bootstrap.servers", installation.kafka().open()), "")) {
            assertThat(topics.compare().isEqual()).isTrue();
        }
    }

    @Test
    void messaging_service_serves_with_what_the_chart_gives_it() throws Exception {
        assertServes(Slice.MESSAGING);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("slices")
    void every_other_service_serves_with_what_the_chart_gives_it(Slice slice) throws Exception {
        assertServes(slice);
    }

    private void assertServes(Slice slice) throws Exception {
        // Given
        String name = "demo-" + slice.service();
        Path jar = Checkout.find().resolve(slice.service() + "/target/quarkus-app/quarkus-run.jar");
        List<String> command =
                List.of(JavaProgram.java(), JavaProgram.COMPILE_QUICKLY, "-Xmx160m", "-jar", jar.toString());
        assertThat(installation.run(
                        command, installation.environment("Job", "demo-" + slice.schema() + "-migrations-1")))
                .startsWith("The schema " + slice.schema() + " is up to date");

        // When
        int port = new Ports().any();
        Map<String, String> environment = installation.environment("Deployment", name);
        // The pod has an address of its own, this machine has not.
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_MANAGEMENT_PORT", "0");
        Path log = folder.resolve(slice.service() + ".log");
        service = ChartInstallation.start(command, environment, log);

        // Then
        await().atMost(TIMEOUT).until(() -> isReady(port, log));
        assertItsGroupsRead(name);
        assertItPublishes(slice);
        assertItParks(name);
        assertThat(Files.readString(log)).doesNotContainIgnoringCase("AuthorizationException");
    }

    /** Each group has got every topic that it reads. */
    private void assertItsGroupsRead(String user) {
        Set<String> wanted = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        deadLetterTopics(user).forEach(topic -> {
            String group = groupOf(topic);
            groups.add(group);
            wanted.add(group + " " + topic.substring(0, topic.indexOf("." + group)));
        });

        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(installation.kafka().read(groups)).containsAll(wanted));
    }

    /** What is in its outbox gets into its topics. */
    private void assertItPublishes(Slice slice) throws SQLException {
        String topic = slice.description().topics().get(0);
        try (Connection connection = installation.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + slice.schema() + ".outbox (topic, key, subject) VALUES ('" + topic
                    + "', 'nobody', 'nobody')");
        }

        await().atMost(TIMEOUT).until(() -> waiting(slice) == 0);
    }

    private long waiting(Slice slice) throws SQLException {
        try (Connection connection = installation.database().connect();
                Statement statement = connection.createStatement();
                var found = statement.executeQuery("SELECT (SELECT count(*) FROM " + slice.schema()
                        + ".outbox) + 1000 * (SELECT count(*) FROM " + slice.schema() + ".outbox_parked)")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** What it cannot read gets into topics that it makes itself. */
    private void assertItParks(String user) throws Exception {
        String letters = deadLetterTopics(user).get(0);
        String topic = letters.substring(0, letters.indexOf("." + groupOf(letters)));
        send(topic);

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(installation.kafka().topics())
                        .contains(letters, letters.replaceFirst("dlq$", "replay")));
    }

    private void send(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> client =
                Map.of("bootstrap.servers", installation.kafka().open());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, "key", "no event");
            producer.send(record).get(30, TimeUnit.SECONDS);
        }
    }

    private List<String> deadLetterTopics(String user) {
        return Stream.of(installation.strimzi().find("KafkaUser", user).at("/spec/authorization/acls"))
                .flatMap(acls -> acls.findValues("resource").stream())
                .map((JsonNode resource) -> resource.path("name").asText())
                .filter(topic -> topic.endsWith(".dlq"))
                .toList();
    }

    /** The group in the name of a topic of dead letters. */
    private static String groupOf(String letters) {
        return letters.replaceFirst("[.]dlq$", "").replaceFirst(".*[.]([a-z]+-service[.][a-z-]+)$", "$1");
    }

    private boolean isReady(int port, Path log) throws IOException {
        if (!service.isAlive()) {
            throw new AssertionError(Files.readString(log));
        }
        return ServiceProcess.isReady(port);
    }

    private String password(String role) {
        return installation.environment("Job", "demo-bootstrap-1").get(role.toUpperCase(Locale.ROOT) + "_PASSWORD");
    }
}
