package io.tradosphere.bench.suite;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The running comparison service: Fastify and pg on the seed schema, in one process like each service of the suite.
 *
 * @param service the process
 * @param url its base URL
 */
public record FastifyService(Child service, String url) {

    private static final String FOLDER = "deploy/bench/fastify-service";
    private static final String HOST = "127.0.0.1";
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int OLDEST_NODE = 20;

    /**
     * Installs missing or outdated packages and starts the service.
     *
     * @param seed the database with the seed schema, with the login role
     * @param pipelined whether pg sends a transaction's statements at once, which is off by default
     * @throws StackException when Node is missing or the service does not start; the message is one line
     */
    public static FastifyService start(
            Checkout checkout, BenchSuite suite, Endpoints endpoints, Address seed, boolean pipelined) {
        Path folder = checkout.resolve(FOLDER);
        requireNode(folder);
        install(folder);
        int port = new Ports().any();
        String url = "http://" + HOST + ":" + port;
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NODE_ENV", "production");
        environment.put("HOST", HOST);
        environment.put("PORT", String.valueOf(port));
        environment.put("DATABASE_URL", seed.url());
        environment.put("PG_PIPELINE", pipelined ? "on" : "off");
        environment.put("OIDC_ISSUER", endpoints.get("OIDC_ISSUER"));
        environment.put("OIDC_AUDIENCE", "tradosphere");
        return new FastifyService(
                TriggerDesign.start(
                        suite,
                        pipelined ? "fastify-pipelined" : "fastify-service",
                        List.of("node", folder.resolve("src/server.js").toString()),
                        environment,
                        url),
                url);
    }

    /** Stops the service. */
    public void stop() {
        service.stop(GRACE);
    }

    private static void install(Path folder) {
        Path installed = folder.resolve("node_modules/.package-lock.json");
        Path wanted = folder.resolve("package-lock.json");
        try {
            if (!Files.exists(installed)
                    || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) < 0) {
                said(folder, "npm", "ci", "--loglevel=error");
            }
        } catch (IOException e) {
            throw new StackException("Cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void requireNode(Path folder) {
        String version = said(folder, "node", "--version");
        if (major(version) < OLDEST_NODE) {
            throw new StackException("The Fastify service needs Node " + OLDEST_NODE + " or newer, but found " + version
                    + ": install a newer one, or name only the cases that do not need it.");
        }
    }

    /** Parses {@code v20.11.1} to 20. */
    static int major(String version) {
        return Integer.parseInt(version.substring(1, version.indexOf('.')));
    }

    private static String said(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new StackException(String.join(" ", command) + " failed in " + folder + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new StackException(
                    "The Fastify service needs Node " + OLDEST_NODE
                            + " with npm: install it and put it on the PATH, or name only the cases that do not need it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running " + command[0], e);
        }
    }
}
