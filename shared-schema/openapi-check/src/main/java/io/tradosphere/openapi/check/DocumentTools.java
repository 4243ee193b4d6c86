package io.tradosphere.openapi.check;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tools that strangers read OpenAPI documents with: Redocly's and Spectral's rules, and Swagger's parser. The first two need Node
 * 20; {@code package-lock.json} has their versions.
 */
public final class DocumentTools {

    private static final String FOLDER = "shared-schema/openapi-check";

    private DocumentTools() {}

    /**
     * The errors that the tools find in a document; warnings are none.
     *
     * @param document in JSON
     */
    public static List<String> findings(String document) throws IOException, InterruptedException {
        List<String> findings = new ArrayList<>(byNode(document));
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        List<String> messages =
                new OpenAPIV3Parser().readContents(document, null, options).getMessages();
        messages.forEach(message -> findings.add("swagger-parser: " + message));
        return findings;
    }

    private static List<String> byNode(String document) throws IOException, InterruptedException {
        Path folder = folder();
        install(folder);
        Path file = Files.createTempFile("openapi", ".json");
        try {
            Files.writeString(file, document);
            return run(folder, "node", "check.js", file.toString())
                    .lines()
                    .filter(line -> !line.startsWith("warn "))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /** The folder in this project's tree, from whatever module the tests run in. */
    private static Path folder() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.exists(up.resolve(FOLDER))) {
                return up.resolve(FOLDER);
            }
        }
        throw new AssertionError(FOLDER + " is not above " + Path.of("").toAbsolutePath());
    }

    /** Once for all modules, whose tests may run at the same time. */
    private static void install(Path folder) throws IOException, InterruptedException {
        Path installed = folder.resolve("node_modules/.package-lock.json");
        Path wanted = folder.resolve("package-lock.json");
        try (FileChannel file = FileChannel.open(
                        Path.of(System.getProperty("java.io.tmpdir"), "tradosphere-openapi-check.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            boolean current = held.isValid()
                    && Files.exists(installed)
                    && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
            if (!current) {
                run(folder, "npm", "ci");
            }
        }
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("openapi-check", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end within 5 minutes");
            }
            String text = Files.readString(output);
            // 1 is what check.js ends with when it has found errors.
            if (process.exitValue() > 1
                    || process.exitValue() == 1 && !text.startsWith("error ") && !text.contains("\nerror ")) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
