package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A consumer of {@code docs/examples}, as a process of its own with a board file of its own. */
final class ExampleConsumer implements AutoCloseable {

    /** The languages of the examples. */
    enum Language {
        JAVA,
        TYPESCRIPT;

        private List<String> command() {
            return this == JAVA
                    ? List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.tradosphere.example.Main")
                    : List.of("node", "dist/main.js");
        }
    }

    private static final Path TYPESCRIPT = Checkout.find().resolve("docs/examples/typescript-consumer");
    private static final Path SCHEMAS = Checkout.find().resolve("shared-schema/contracts/src/main/resources/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Language language;
    private final String prefix;
    private final Path folder;
    private Process process;

    /** @param prefix what stands before the names of topics */
    ExampleConsumer(Language language, String prefix) {
        this.language = language;
        this.prefix = prefix;
        try {
            this.folder = Files.createDirectories(Path.of("target/examples"));
            Files.deleteIfExists(board());
            Files.deleteIfExists(parkedRecords());
            if (language == Language.TYPESCRIPT) {
                NodeProject.install(TYPESCRIPT);
                NodeProject.run(TYPESCRIPT, "npm", "run", "--silent", "build");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String group() {
        return "example." + prefix + "board-" + language.name().toLowerCase(Locale.ROOT);
    }

    /** Starts it on the board it left. */
    void start() {
        Path log = folder.resolve(group() + ".log").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(language.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (language == Language.TYPESCRIPT) {
            builder.directory(TYPESCRIPT.toFile());
        }
        builder.environment().put("KAFKA_BOOTSTRAP", SharedSuite.endpoints().get("KAFKA_BOOTSTRAP"));
        builder.environment().put("TRADOSPHERE_TOPIC_PREFIX", prefix);
        builder.environment().put("CONSUMER_GROUP", group());
        builder.environment().put("BOARD_FILE", board().toAbsolutePath().toString());
        builder.environment().put("SCHEMA_FOLDER", SCHEMAS.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("The example for " + language + " cannot be started. It needs Node 20.", e);
        }
    }

    /** Asks it to end and waits for that. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it has saved; a missing node before the first record. */
    JsonNode state() {
        try {
            return Files.exists(board()) ? JSON.readTree(board().toFile()) : JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the fields of a part of its state. */
    TreeSet<String> keys(String part) {
        TreeSet<String> keys = new TreeSet<>();
        state().path(part).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The records that it could not read. */
    List<JsonNode> parked() {
        try {
            return Files.exists(parkedRecords())
                    ? Files.readAllLines(parkedRecords()).stream()
                            .map(Client::parsed)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and deletes its group, which the suite's own tests would else wait for. */
    @Override
    public void close() {
        stop();
        Broker.deleteGroup(group());
    }

    private Path board() {
        return folder.resolve(group() + ".json");
    }

    private Path parkedRecords() {
        return folder.resolve(group() + ".json.parked");
    }
}
