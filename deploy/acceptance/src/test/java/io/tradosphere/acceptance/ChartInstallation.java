package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Binaries;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.postgres.PostgresServer;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What the chart deploys, done by hand: PostgreSQL and Kafka of the stack on ports of their own, the chart's objects made by whom they
 * are for, and the variables that it renders, with the secrets filled in.
 */
final class ChartInstallation implements AutoCloseable {

    /** Where bash and psql are. */
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    private static final Path PSQL = Path.of("/usr/bin/psql");
    private static final String DATABASE = "tradosphere";
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Path folder;
    private final Address superuser;
    private final Child postgres;
    private final SecuredKafka kafka;
    private final RenderedChart chart;
    private final RenderedChart strimzi;
    private final Map<String, String> secrets = new HashMap<>();

    /**
     * Starts the servers and renders the chart for them.
     *
     * @param folder for data and logs
     */
    ChartInstallation(Path folder) throws IOException, SQLException {
        this.folder = folder;
        PostgresServer server = new PostgresServer(
                Binaries.of(Checkout.find()),
                folder.resolve("postgres"),
                new Ports().any(),
                "superusers-password",
                Durability.FAST);
        postgres = server.start(folder.resolve("run"), folder.resolve("logs"));
        superuser = server.address(PostgresServer.SUPERUSER);
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        // The broker ends with this JVM by itself.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> postgres.stop(STOP), "stop PostgreSQL"));
        kafka = new SecuredKafka(folder);
        Map<String, ?> oidc = Map.of("issuer", "https://id.example.com/realms/tradosphere", "audience", "tradosphere");
        String url = superuser.in(DATABASE).urlWithoutUser();
        chart = new RenderedChart(Map.of(
                "oidc",
                oidc,
                "database",
                Map.of("url", url),
                "bootstrap",
                Map.of("enabled", true, "secret", "superuser"),
                "kafka",
                Map.of(
                        "bootstrapServers",
                        kafka.bootstrap(),
                        "securityProtocol",
                        "SASL_PLAINTEXT",
                        "sasl",
                        Map.of("mechanism", "SCRAM-SHA-512", "secret", "demo-{service}")),
                "services",
                Map.of(
                        "billing-service",
                        Map.of("settings", Map.of("TRADOSPHERE_RETURN_ORIGINS", "https://app.example.com")),
                        "streaming-service",
                        Map.of("settings", Map.of("AGORA_APP_ID", "970ca35de60c44645bbae8a215061b33")))));
        strimzi = new RenderedChart(
                Map.of("oidc", oidc, "database", Map.of("url", url), "strimzi", Map.of("enabled", true)));
        secrets.put("superuser username", superuser.user());
        secrets.put("superuser password", superuser.password());
        secrets.put("tradosphere STRIPE_SECRET_KEY", "sk_live_" + random());
        secrets.put("tradosphere STRIPE_WEBHOOK_SECRET", "whsec_" + random());
        secrets.put("tradosphere AGORA_APP_CERTIFICATE", random().substring(0, 32));
    }

    /** The chart for these servers. */
    RenderedChart chart() {
        return chart;
    }

    /** The chart's objects for the Strimzi operator. */
    RenderedChart strimzi() {
        return strimzi;
    }

    /** The broker. */
    SecuredKafka kafka() {
        return kafka;
    }

    /** The database as a superuser. */
    Address database() {
        return superuser.in(DATABASE);
    }

    /** Whether there is a psql to run the bootstrap with. */
    static boolean hasPsql() {
        return Files.isExecutable(PSQL);
    }

    /**
     * Exactly the variables of a container, with the secrets filled in.
     *
     * @param kind of the object with the container, such as {@code Deployment}
     */
    Map<String, String> environment(String kind, String name) {
        return chart.environment(kind, name, this::secret);
    }

    /** Runs the Job that prepares the database, with the files of its ConfigMap. Returns what it says. */
    String bootstrap() throws IOException, InterruptedException {
        JsonNode files = chart.find("ConfigMap", "demo-bootstrap").path("data");
        Path mounted = Files.createDirectories(folder.resolve("bootstrap"));
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            Files.writeString(mounted.resolve(file.getKey()), file.getValue().asText());
        }
        JsonNode job = chart.container("Job", "demo-bootstrap-1");
        List<String> command = new ArrayList<>();
        for (String word : RenderedChart.texts(job.path("command"))) {
            command.add(word.replace("/bootstrap/", mounted + "/"));
        }
        Map<String, String> environment = environment("Job", "demo-bootstrap-1");
        environment.replaceAll(
                (name, value) -> name.equals("BOOTSTRAP_SQL") ? value.replace("/bootstrap/", mounted + "/") : value);
        // Of the image.
        environment.put("PATH", PATH);
        return run(command, environment);
    }

    /** Makes the topics and users of the chart. */
    void createTopicsAndUsers() {
        strimzi.all("KafkaTopic").forEach(kafka::create);
        for (JsonNode user : strimzi.all("KafkaUser")) {
            kafka.create(user, password(user.at("/metadata/name").asText()));
        }
    }

    /** Runs a program to its end; it must succeed. Returns what it says. */
    String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "program", ".log");
        Process process = start(command, environment, log);
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end: " + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " ends with " + process.exitValue() + ": " + Files.readString(log));
        }
        return Files.readString(log);
    }

    /** Starts a program with these variables alone. */
    static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Override
    public void close() {
        kafka.close();
        postgres.stop(STOP);
    }

    private synchronized String secret(String name, String key) {
        if (key.equals("sasl.jaas.config")) {
            return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name
                    + "\" password=\"" + password(name) + "\";";
        }
        return secrets.computeIfAbsent(name + " " + key, made -> random());
    }

    private synchronized String password(String user) {
        return secrets.computeIfAbsent(user + " password", made -> random());
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "") + "0123456789abcdef";
    }
}
