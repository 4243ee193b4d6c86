package io.tradosphere.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A folder with a {@code package.json}. */
final class NodeProject {

    private NodeProject() {}

    /** Installs what the lock file names, once. */
    static void install(Path folder) throws IOException {
        Path installed = folder.resolve("node_modules/.package-lock.json");
        Path lock = folder.resolve("package-lock.json");
        boolean fresh = Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0;
        if (!fresh) {
            run(folder, "npm", "ci", "--silent");
        }
    }

    /** Runs a command in the folder and returns its output. It must end with 0 within five minutes. */
    static String run(Path folder, String... command) {
        return run(folder, Map.of(), command);
    }

    /** The same with additions to the environment. */
    static String run(Path folder, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile("node-project", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError(List.of(command) + " did not end within 5 minutes");
                }
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (process.exitValue() != 0) {
                    throw new AssertionError(List.of(command) + " failed:\n" + text);
                }
                return text;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new AssertionError(command[0] + " cannot be run. Install Node 20 with npm.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
