package io.tradosphere.bench.suite;

import io.tradosphere.bench.Progress;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The benchmark's own instance of the suite, started by {@code ./tradosphere up --production --reset --detach}. */
public final class BenchSuite {

    /** The launcher's class path, set by the process that starts the benchmark. */
    private static final String LAUNCHER = "tradosphere.cli.class-path";

    private final Checkout checkout;
    private final Path data;
    private final Progress progress;

    /**
     * @param checkout the source checkout whose programs run
     * @param data the suite's data folder, emptied at the start
     * @param progress receives progress lines
     */
    public BenchSuite(Checkout checkout, Path data, Progress progress) {
        this.checkout = checkout;
        this.data = data;
        this.progress = progress;
    }

    /**
     * Starts the suite, after stopping a previous run's instance.
     *
     * @param port the gateway's port
     * @throws StackException when the suite does not start; the launcher has printed the reason
     */
    public Endpoints start(int port) {
        stop();
        if (launcher("up", "--production", "--reset", "--detach", "--data", data.toString(), "--port", "" + port)
                != 0) {
            throw new StackException("The suite did not start; see " + logs());
        }
        return Endpoints.read(data.resolve("endpoints.env"));
    }

    /** Stops the suite and every other process with a pid file in {@link #run()}. */
    public void stop() {
        launcher("down", "--data", data.toString());
    }

    /** The folder of the pid files. Processes in it are stopped with the suite. */
    public Path run() {
        return data.resolve("run");
    }

    /** The folder of the logs. */
    public Path logs() {
        return data.resolve("logs");
    }

    /** The superuser's address of the suite's database. */
    public static Address database(Endpoints endpoints) {
        return Address.parse(endpoints.get("POSTGRES_URL"));
    }

    private int launcher(String... arguments) {
        List<String> command = new ArrayList<>();
        String classPath = System.getProperty(LAUNCHER);
        if (classPath == null) {
            command.add(checkout.resolve("tradosphere").toString());
        } else {
            command.addAll(List.of(JavaProgram.java(), "-Xmx96m", "-Dtradosphere.home=" + checkout.root()));
            command.addAll(JavaProgram.SMALL);
            command.addAll(List.of("-cp", classPath, "io.tradosphere.cli.Main"));
        }
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(checkout.root().toFile())
                    .redirectErrorStream(true);
            // All load comes from one address.
            builder.environment().put("TRADOSPHERE_RATE_LIMIT", "off");
            Process process = builder.start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    progress.print("  " + line);
                }
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new StackException("Cannot run ./tradosphere " + arguments[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running ./tradosphere " + arguments[0], e);
        }
    }
}
