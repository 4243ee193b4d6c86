package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Prism as a validating proxy: what it passes on in either direction is as the OpenAPI document says. Anything else is answered by an
 * error of its own. Its version is in {@code prism/package-lock.json}; it needs Node 20.
 */
final class ValidatingProxy implements AutoCloseable {

    private static final Path FOLDER = Path.of("prism");
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private ValidatingProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it before the suite's gateway. Its log is in target/prism. */
    static ValidatingProxy start(JsonNode document) throws IOException {
        NodeProject.install(FOLDER);
        Path target = Files.createDirectories(Path.of("target/prism"));
        Path file = Files.writeString(target.resolve("openapi.json"), document.toString());
        Path log = target.resolve("prism.log");
        int port = new Ports().any();
        Process process = new ProcessBuilder(
                        "node",
                        "node_modules/@stoplight/prism-cli/dist/index.js",
                        "proxy",
                        file.toAbsolutePath().toString(),
                        SharedSuite.endpoints().get("GATEWAY_URL"),
                        "--errors",
                        "--port",
                        String.valueOf(port),
                        "--verboseLevel",
                        "warn")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ValidatingProxy proxy = new ValidatingProxy(process, port);
        try {
            Awaitility.await().atMost(START).until(() -> !process.isAlive() || proxy.accepts());
        } catch (RuntimeException late) {
            proxy.close();
            throw late;
        }
        if (!process.isAlive()) {
            throw new AssertionError("Prism did not start; see " + log);
        }
        return proxy;
    }

    /** Its address. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
