package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stranger's client: the npm package {@code stripe} runs the life of a subscription against the fake. */
class NodeClientTest {

    private static final String NEEDS_NODE =
            "This test needs Node 20 or newer with npm: install it and put it on the PATH";
    private static final Path FOLDER = Path.of("node-client");

    @Test
    void the_npm_package_runs_a_life_and_accepts_every_webhook() throws Exception {
        // Given
        if (!isInstalled()) {
            run(List.of("npm", "ci", "--silent"));
        }
        try (Stripe stripe = Stripe.start()) {

            // When
            String said = run(List.of("node", "life.js", stripe.fake.baseUrl()));

            // Then
            assertThat(said.lines())
                    .containsExactly(
                            "checkout: complete, active",
                            "a month later: 2 paid invoices",
                            "upgraded: 500",
                            "card fails: past_due",
                            "paid again: active",
                            "refunded: succeeded",
                            "cancelled at the end: canceled",
                            "error: parameter_unknown",
                            "webhooks: all accepted, ending like the list of events");
        }
    }

    private static boolean isInstalled() throws IOException {
        Path installed = FOLDER.resolve("node_modules/.package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed)
                                .compareTo(Files.getLastModifiedTime(FOLDER.resolve("package-lock.json")))
                        >= 0;
    }

    private static String run(List<String> command) throws Exception {
        Path output = Files.createTempFile("node-client", ".out");
        Path errors = Files.createTempFile("node-client", ".err");
        try {
            Process process = start(new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile()));
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " didn't end within 2 minutes");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " failed:\n" + Files.readString(output) + Files.readString(errors));
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static Process start(ProcessBuilder process) {
        try {
            return process.start();
        } catch (IOException e) {
            throw new AssertionError(NEEDS_NODE, e);
        }
    }
}
