package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine;

/**
 * A suite of somebody's own, in a data folder and at a port of its own, under a launcher of its own that can be killed: for load
 * with faults, and for tests from outside. Durable, as {@code up} is.
 */
public final class OwnSuite implements AutoCloseable {

    private final DataFolder data;
    private final int port;
    private final int replicas;
    private final Progress progress;

    /**
     * One that isn't started yet.
     *
     * @param data its folder
     * @param port the gateway's
     * @param replicas how many processes a service has
     * @param progress where it says what it does
     */
    public OwnSuite(DataFolder data, int port, int replicas, Progress progress) {
        this.data = data;
        this.port = port;
        this.replicas = replicas;
        this.progress = progress;
    }

    /**
     * Starts it; returns when it is ready.
     *
     * @param reset whether all data is forgotten first
     * @throws StackException when it doesn't come up; one line
     */
    public void start(boolean reset) {
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
        if (Detached.start(data, command, progress) != 0) {
            throw new StackException(
                    "The suite did not come up; its log is " + data.logs().resolve(SuiteLock.NAME + ".log"));
        }
    }

    /** Its folder. */
    public DataFolder data() {
        return data;
    }

    /** How many processes a service has. */
    public int replicas() {
        return replicas;
    }

    /** What it opened, as it says at this moment. */
    public Endpoints endpoints() {
        return Endpoints.ofRunning(data);
    }

    /** Whether it says that it is ready, with all its processes. */
    public boolean isReady() {
        return Files.exists(data.endpoints())
                && PidFile.in(data.run(), SuiteLock.NAME).running().isPresent();
    }

    /**
     * Kills one of its processes with SIGKILL; returns when that is gone.
     *
     * @param pid one that its endpoints name
     */
    public void kill(String pid) {
        ProcessIdentity.of(Long.parseLong(pid)).ifPresent(Signals::kill);
    }

    /** Kills its launcher with SIGKILL; everything that it started lives on. */
    public void killLauncher() {
        PidFile.in(data.run(), SuiteLock.NAME).running().ifPresent(Signals::kill);
    }

    /** Which replicas of a service, counted from 0, say that their relay leads. */
    public List<Integer> relayLeaders(Slice slice) {
        List<String> urls = endpoints().all(slice.name() + "_SERVICE_URLS");
        return IntStream.range(0, urls.size())
                .filter(replica -> Health.get(urls.get(replica) + "/q/metrics")
                        .map(page -> Metrics.highest(page, "tradosphere_relay_leader"))
                        .filter(leads -> leads.isPresent() && leads.getAsDouble() == 1)
                        .isPresent())
                .boxed()
                .toList();
    }

    /** Stops whatever of it runs, also after its launcher was killed. Its folder stays. */
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
