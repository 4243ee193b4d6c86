package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A dedicated suite with its own data folder, port and launcher. Load tests and acceptance tests can kill its
 * processes and its launcher. Its data is durable, as with {@code up}. As a rule it has no rate limits, since all load
 * comes from one address.
 */
public final class DedicatedSuite implements AutoCloseable {

    private static final Map<String, String> WITHOUT_RATE_LIMITS = Map.of("TRADOSPHERE_RATE_LIMIT", "off");

    private final DataFolder data;
    private final int port;
    private final int replicas;
    private final Progress progress;

    /**
     * A suite that isn't started yet.
     *
     * @param data its data folder
     * @param port the gateway's port
     * @param replicas how many processes each service has
     * @param progress receives the messages
     */
    public DedicatedSuite(DataFolder data, int port, int replicas, Progress progress) {
        this.data = data;
        this.port = port;
        this.replicas = replicas;
        this.progress = progress;
    }

    /**
     * Starts the suite. Returns when it is ready.
     *
     * @param reset whether all data is deleted first
     * @throws StackException when it doesn't start; one line
     */
    public void start(boolean reset) {
        start(reset, WITHOUT_RATE_LIMITS);
    }

    /** As {@link #start}, deletes all data first, and keeps the rate limits of {@code up}. */
    public void startWithRateLimits() {
        start(true, Map.of());
    }

    private void start(boolean reset, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                "up",
                "--data",
                data.path().toString(),
                "--port",
                String.valueOf(port),
                "--replicas",
                String.valueOf(replicas)));
        if (reset) {
            command.add("--reset");
        }
        if (DetachedLauncher.start(data, command, environment, progress) != 0) {
            Path log = data.logs().resolve(SuiteLock.NAME + ".log");
            throw new StackException("The suite did not start: " + lastLine(log) + " (its log is " + log + ")");
        }
    }

    private static String lastLine(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((earlier, later) -> later)
                    .orElse("its launcher ended at once");
        } catch (IOException | UncheckedIOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    /** The data folder. */
    public DataFolder data() {
        return data;
    }

    /** How many processes each service has. */
    public int replicas() {
        return replicas;
    }

    /** The current endpoints. */
    public Endpoints endpoints() {
        return Endpoints.ofRunning(data);
    }

    /** Whether the suite and all its processes report that they are ready. */
    public boolean isReady() {
        return Files.exists(data.endpoints())
                && PidFile.in(data.run(), SuiteLock.NAME).running().isPresent();
    }

    /**
     * Kills one process with SIGKILL. Returns when it has ended.
     *
     * @param pid one of the pids in the endpoints
     */
    public void kill(String pid) {
        ProcessIdentity.of(Long.parseLong(pid)).ifPresent(Signals::kill);
    }

    /** Asks one process to stop, with SIGTERM. The launcher starts another one in its place. */
    public void terminate(String pid) {
        ProcessIdentity.of(Long.parseLong(pid)).ifPresent(Signals::terminate);
    }

    /** Kills the launcher with SIGKILL. The processes that it started keep running. */
    public void killLauncher() {
        PidFile.in(data.run(), SuiteLock.NAME).running().ifPresent(Signals::kill);
    }

    /** The replicas of a service, counted from 0, that report that their relay leads. */
    public List<Integer> relayLeaders(Slice slice) {
        List<String> urls = endpoints().all(slice.variable() + "_URLS");
        return IntStream.range(0, urls.size())
                .filter(replica -> Health.get(urls.get(replica) + "/q/metrics")
                        .map(page -> Metrics.highest(page, "tradosphere_relay_leader"))
                        .filter(leads -> leads.isPresent() && leads.getAsDouble() == 1)
                        .isPresent())
                .boxed()
                .toList();
    }

    /** Stops everything that runs, even after the launcher was killed. The data folder stays. */
    @Override
    public void close() {
        new CommandLine(new DownCommand())
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    throw failure;
                })
                .execute("--data", data.path().toString());
    }
}
