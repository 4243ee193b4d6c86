package io.tradosphere.acceptance;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.process.Ports;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * The suite that all tests share. It starts before the first test and stops when the JVM ends. Its logs stay in
 * target/suite.
 */
final class SharedSuite {

    private static DedicatedSuite suite;
    private static Instant started;

    private SharedSuite() {}

    static synchronized DedicatedSuite get() {
        if (suite == null) {
            DataFolder data =
                    new DataFolder(Checkout.find(), Path.of("target/suite").toAbsolutePath());
            DedicatedSuite made = new DedicatedSuite(data, new Ports().any(), 1, progress());
            // Processes of an earlier, killed test run.
            made.close();
            Runtime.getRuntime().addShutdownHook(new Thread(made::close, "stop the suite"));
            started = Instant.now();
            made.start(true);
            suite = made;
        }
        return suite;
    }

    /** When the start of the suite began. Its logs have lines of earlier suites too. */
    static Instant startedAt() {
        get();
        return started;
    }

    static Endpoints endpoints() {
        return get().endpoints();
    }

    static Progress progress() {
        return new Progress(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }

    /** Runs a command of ./tradosphere on the suite and returns its exit code. */
    static int run(Callable<Integer> command, String... arguments) {
        return run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), command, arguments);
    }

    /** Runs a command of ./tradosphere on the suite and returns its output. */
    static String output(Callable<Integer> command, String... arguments) {
        StringWriter out = new StringWriter();
        run(new PrintWriter(out, true), command, arguments);
        return out.toString();
    }

    private static int run(PrintWriter out, Callable<Integer> command, String... arguments) {
        List<String> line = new java.util.ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", get().data().path().toString()));
        return new CommandLine(command).setOut(out).execute(line.toArray(String[]::new));
    }
}
