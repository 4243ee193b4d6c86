package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The client of {@code docs/examples/realtime-client}, as a process of its own. */
final class RealtimeClient implements AutoCloseable {

    /** Where the client's code runs. */
    enum Runtime {
        NODE("node.mjs"),
        CHROMIUM("browser.mjs");

        private final String script;

        Runtime(String script) {
            this.script = script;
        }

        /** Whether this machine has it. */
        boolean isPresent() {
            return this == NODE || chromium().isPresent();
        }
    }

    private static final Path FOLDER = Checkout.find().resolve("docs/examples/realtime-client");

    private final Path output;
    private final Process process;

    /** @param lastEventId the last event that an earlier client has seen; empty: begin now */
    RealtimeClient(Runtime runtime, Client person, String lastEventId) throws IOException {
        NodeProject.install(FOLDER);
        output = Files.createTempFile(Files.createDirectories(Path.of("target/examples")), "realtime", ".jsonl");
        ProcessBuilder builder = new ProcessBuilder("node", runtime.script)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile());
        // The page's origin is a localhost, which the gateway lets in.
        builder.environment().put("API", SharedSuite.endpoints().get("GATEWAY_URL"));
        builder.environment().put("TOKEN", person.token());
        builder.environment().put("LAST_EVENT_ID", lastEventId);
        chromium().ifPresent(path -> builder.environment().put("CHROMIUM", path.toString()));
        process = builder.start();
    }

    private static Optional<Path> chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What it has received, in order. */
    List<JsonNode> events() {
        try {
            return Files.readAllLines(output).stream().map(Client::parsed).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the events. */
    List<String> names() {
        return events().stream().map(event -> event.path("name").asText()).toList();
    }

    String lastEventId() {
        List<JsonNode> events = events();
        return events.get(events.size() - 1).path("id").asText();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
