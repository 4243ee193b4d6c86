package io.tradosphere.stack.containers;

import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.broker.KafkaServer;
import io.tradosphere.stack.issuer.KeycloakTokens;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The three containers of a stack, and the addresses they have then. Their settings are those of the embedded stack.
 *
 * @param postgresPort the port of PostgreSQL on 127.0.0.1
 * @param kafkaPort the port of Kafka on 127.0.0.1
 * @param keycloakPort the port of Keycloak on localhost
 * @param password what PostgreSQL's superuser and Keycloak's administrator sign in with
 * @param durability what a crash may cost
 */
public record ContainerPlan(int postgresPort, int kafkaPort, int keycloakPort, String password, Durability durability) {

    private static final String BROKER_SETTINGS = "broker.properties";
    private static final String REALM_FILE = "realm.json";
    private static final String REALM_PATH = "/opt/keycloak/data/import/" + REALM_FILE;
    private static final int KAFKA_INSIDE = 9092;
    private static final long SHARED_MEMORY = 64L << 20;
    /** Parallel queries use it; the engine's default is less than PostgreSQL's buffers. */
    private static final long POSTGRES_SHARED_MEMORY = 256L << 20;

    /** All three. */
    public List<ContainerSpec> all() {
        return List.of(postgres(), kafka(), keycloak());
    }

    /** PostgreSQL's address as superuser. */
    public Address superuser() {
        return new Address(postgresPort, PostgresServer.SUPERUSER, PostgresServer.SUPERUSER, password);
    }

    /** What Kafka clients connect to. */
    public String kafkaBootstrap() {
        return KafkaServer.bootstrap(kafkaPort);
    }

    /** The issuer's URL. */
    public String oidcIssuer() {
        return keycloakUrl() + "/realms/" + KeycloakTokens.REALM;
    }

    /** The environment in which {@link TestStack#get()} finds them. */
    public Map<String, String> environment() {
        return Map.of(
                TestStack.POSTGRES, superuser().url(),
                TestStack.KAFKA, kafkaBootstrap(),
                TestStack.ISSUER, oidcIssuer(),
                TestStack.KEYCLOAK_ADMIN_PASSWORD, password);
    }

    ContainerSpec postgres() {
        List<String> command = new ArrayList<>(List.of("postgres"));
        durability.serverSettings().forEach(setting -> command.addAll(List.of("-c", setting)));
        return new ContainerSpec(
                "postgres",
                Images.POSTGRES,
                Map.of(
                        "POSTGRES_USER",
                        PostgresServer.SUPERUSER,
                        "POSTGRES_PASSWORD",
                        password,
                        "POSTGRES_INITDB_ARGS",
                        String.join(" ", durability.initdbOptions())),
                command,
                5432,
                postgresPort,
                Map.of(),
                POSTGRES_SHARED_MEMORY);
    }

    /**
     * A broker that connects to itself (for transactions) does so at the address it advertises. Clients outside need another one
     * than the broker inside, so there is a listener for each.
     */
    ContainerSpec kafka() {
        Properties settings = brokerSettings();
        settings.setProperty("node.id", "1");
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("listeners", "PLAINTEXT://:" + KAFKA_INSIDE + ",INSIDE://:9094,CONTROLLER://:9093");
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + kafkaBootstrap() + ",INSIDE://localhost:9094");
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "INSIDE");
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.voters", "1@localhost:9093");
        Map<String, String> environment = new HashMap<>();
        settings.stringPropertyNames().forEach(name -> environment.put(variable(name), settings.getProperty(name)));
        environment.put("KAFKA_HEAP_OPTS", "-Xms96m -Xmx320m");
        return new ContainerSpec(
                "kafka", Images.KAFKA, environment, List.of(), KAFKA_INSIDE, kafkaPort, Map.of(), SHARED_MEMORY);
    }

    ContainerSpec keycloak() {
        return new ContainerSpec(
                "keycloak",
                Images.KEYCLOAK,
                Map.of(
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        KeycloakTokens.ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        password,
                        // The issuer is this, whatever name a caller uses.
                        "KC_HOSTNAME",
                        keycloakUrl()),
                List.of("start-dev", "--import-realm"),
                8080,
                keycloakPort,
                Map.of(REALM_PATH, resource(REALM_FILE)),
                SHARED_MEMORY);
    }

    private String keycloakUrl() {
        return "http://localhost:" + keycloakPort;
    }

    /** The environment variable by which the image of Kafka takes a setting. */
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static Properties brokerSettings() {
        Properties settings = new Properties();
        try {
            settings.load(new StringReader(resource(BROKER_SETTINGS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static String resource(String name) {
        try (InputStream file = ContainerPlan.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
