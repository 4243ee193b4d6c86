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
 * The hand-written service, running: Fastify and pg on the seed's schema, one process as each of the suite's services is one.
 *
 * @param service its process
 * @param url where clients reach it
 */
public record FastifyService(Child service, String url) {

    private static final String FOLDER = "deploy/bench/fastify-service";
    private static final String HOST = "127.0.0.1";
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int OLDEST_NODE = 20;

    /**
     * Installs what it needs when that is missing or older than its lock file, and starts it.
     *
     * @param seed the seed's database, as the role that it signs in as
     * @param pipelined whether it has pg send a transaction's statements at once, which pg does not by itself
     * @throws StackException when there is no Node, or it doesn't come up; one line
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
                Competitor.start(
                        suite,
                        pipelined ? "fastify-pipelined" : "fastify-service",
                        List.of("node", folder.resolve("src/server.js").toString()),
                        environment,
                        url),
                url);
    }

    /** Stops it. */
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
            throw new StackException("Cannot look into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void requireNode(Path folder) {
        String version = said(folder, "node", "--version");
        if (major(version) < OLDEST_NODE) {
            throw new StackException(
                    "The hand-written service needs Node " + OLDEST_NODE + " or newer, and this one is " + version
                            + ": install a newer one, or name only the cases that go without it.");
        }
    }

    /** Of {@code v20.11.1}, 20. */
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
                    "The hand-written service needs Node " + OLDEST_NODE
                            + " with npm: install it and put it on the PATH, or name only the cases that go without it.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running " + command[0], e);
        }
    }
}
