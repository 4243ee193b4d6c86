package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.Maven;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.containers.Images;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Keycloak itself, as {@code deploy/compose/compose.yaml} starts it: the same version, command, settings and realm file.
 * Its distribution comes from Maven Central.
 */
final class KeycloakServer implements AutoCloseable {

    private static final Path COMPOSE = Checkout.find().resolve("deploy/compose");
    private static final Pattern REFERENCE = Pattern.compile("[$]\\{([A-Z0-9_]+):([-?])([^}]*)}");

    private final int port;
    private final int management = new Ports().any();
    private final Map<String, String> answers = new HashMap<>();
    private final Path log;
    private final Process process;

    private KeycloakServer(Path home, Address database) throws IOException {
        this.port = new Ports().any();
        this.log = home.resolve("keycloak.log");
        answers.put("KEYCLOAK_HOST", "localhost");
        answers.put("KEYCLOAK_PORT", String.valueOf(port));
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.copy(COMPOSE.resolve("keycloak/tradosphere-realm.json"), realms.resolve("tradosphere-realm.json"));
        Map<?, ?> keycloak = (Map<?, ?>) ((Map<?, ?>) compose().get("services")).get("keycloak");
        List<String> command = new java.util.ArrayList<>(
                List.of("bash", home.resolve("bin/kc.sh").toString()));
        ((List<?>) keycloak.get("command")).forEach(word -> command.add((String) word));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        ((Map<?, ?>) keycloak.get("environment"))
                .forEach((name, value) -> environment.put((String) name, interpolated((String) value)));
        // What is another's address outside containers.
        environment.put("KC_DB_URL", database.jdbcUrl());
        environment.put("KC_DB_USERNAME", database.user());
        environment.put("KC_DB_PASSWORD", database.password());
        environment.put("KC_HTTP_MANAGEMENT_PORT", String.valueOf(management));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m -XX:TieredStopAtLevel=1");
        process = builder.start();
    }

    /**
     * Starts it. It is ready some time later.
     *
     * @param folder where it is unpacked
     * @param database an empty database of its own, as its owner
     */
    static KeycloakServer start(Path folder, Address database) throws IOException, InterruptedException {
        String version = Images.KEYCLOAK.substring(Images.KEYCLOAK.indexOf(':') + 1);
        List<String> copy = Maven.command(List.of(
                "-q",
                "-N",
                "dependency:copy",
                "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + version + ":zip",
                "-DoutputDirectory=" + folder));
        ProcessBuilder maven = new ProcessBuilder(copy)
                .directory(Checkout.find().root().toFile())
                .inheritIO();
        maven.environment().putAll(Maven.environment());
        Process copying = maven.start();
        assertThat(copying.waitFor(15, TimeUnit.MINUTES)).isTrue();
        assertThat(copying.exitValue()).as(copy.toString()).isZero();
        unzip(folder.resolve("keycloak-quarkus-dist-" + version + ".zip"), folder);
        return new KeycloakServer(folder.resolve("keycloak-" + version), database);
    }

    /** The issuer, by the one name that services and people use. */
    String issuer() {
        return url() + "/realms/tradosphere";
    }

    /** Its address. */
    String url() {
        return "http://localhost:" + port;
    }

    /** What {@code .env} says of a variable. */
    String variable(String name) {
        return answers.get(name);
    }

    /** Whether it has imported the realm and answers. */
    boolean isReady() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("Keycloak ended: " + Files.readString(log));
        }
        try {
            HttpURLConnection health =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/health/ready")
                            .toURL()
                            .openConnection();
            return health.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A variable of the services in compose.yaml. */
    String ofServices(String variable) throws IOException {
        return interpolated((String) ((Map<?, ?>) compose().get("x-settings")).get(variable));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Each secret is what nobody else knows; the rest has its default. */
    private String interpolated(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> answers.computeIfAbsent(
                        found.group(1),
                        name -> found.group(2).equals("-") ? found.group(3) : "secret-of-" + name + "-" + port));
    }

    private static Map<?, ?> compose() throws IOException {
        String text = Files.readString(COMPOSE.resolve("compose.yaml"));
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static void unzip(Path archive, Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                assertThat(target.startsWith(folder)).as(entry.getName()).isTrue();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        Files.delete(archive);
    }
}
