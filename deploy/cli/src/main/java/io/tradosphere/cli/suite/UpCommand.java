package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.StackException;
import java.io.File;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the suite and stays with it. */
@Command(
        name = "up",
        description = "Starts the suite: PostgreSQL, Kafka, an OIDC provider, the seven services and the gateway.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Everything listens on 127.0.0.1 alone. Ctrl-C stops all it started. Data stays for the next time;",
            "where everything is, is in .tradosphere/endpoints.env."
        })
public final class UpCommand implements Callable<Integer> {

    private static final long ROOM_NEEDED = 700L * 1024 * 1024;

    @Mixin
    private DataFolder data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "the gateway's port (default: 8080)")
    private int port;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many processes each service has (default: 1)")
    private int replicas;

    @Option(names = "--reset", description = "forget all data first")
    private boolean reset;

    @Option(names = "--detach", description = "return when it is ready, and leave it running until ./tradosphere down")
    private boolean detach;

    @Option(
            names = "--production",
            description = "let the JVMs compile fully, as the images do: faster once warm, larger, slower to come up")
    private boolean production;

    @Option(names = "--check", hidden = true, description = "only say whether it could start")
    private boolean checkOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        check();
        if (checkOnly) {
            return 0;
        }
        Progress progress = new Progress(spec.commandLine().getOut());
        if (detach) {
            return Detached.start(data, spec.commandLine().getParseResult().originalArgs(), progress);
        }
        return new SuiteRun(new SuiteSettings(data, port, replicas, production), progress).stay(reset);
    }

    private void check() {
        if (port < 1 || port > 65_000) {
            throw new StackException("--port takes 1 to 65000, not " + port + ".");
        }
        if (replicas < 1 || replicas > 5) {
            throw new StackException("--replicas takes 1 to 5, not " + replicas + ".");
        }
        SuiteLock.refuseIfRunning(data);
        // What an earlier run left behind may hold the port; it is stopped later, or refused there.
        if (new Leftovers(data.run(), null).names().isEmpty()) {
            PortPlan.refuseIfTaken(port);
        }
        File disk = data.path().toFile();
        while (!disk.exists()) {
            disk = disk.getParentFile();
        }
        if (disk.getUsableSpace() < ROOM_NEEDED) {
            throw new StackException("The disk of " + data.path() + " is full: " + disk.getUsableSpace() / 1024 / 1024
                    + " MB are free and TradoSphere wants " + ROOM_NEEDED / 1024 / 1024
                    + "; make room, or choose another disk with: ./tradosphere up --data DIR");
        }
    }
}
