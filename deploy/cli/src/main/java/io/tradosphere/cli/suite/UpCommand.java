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

/** Starts the suite and supervises it. */
@Command(
        name = "up",
        description = "Starts the suite: PostgreSQL, Kafka, an OIDC provider, the services and the gateway.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Everything listens on 127.0.0.1 only. Ctrl-C stops everything it started. Data stays for the next start;",
            "addresses and pids are in .tradosphere/endpoints.env. Payments go to a fake of Stripe, which forgets",
            "everything when it stops; with STRIPE_SECRET_KEY=sk_test_… they go to Stripe's test mode."
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

    @Option(names = "--reset", description = "delete all data first")
    private boolean reset;

    @Option(names = "--detach", description = "return when it is ready, and leave it running until ./tradosphere down")
    private boolean detach;

    @Option(
            names = "--production",
            description =
                    "use all JVM compiler tiers, as the images do: faster when warm, more memory, slower to start")
    private boolean production;

    @Option(names = "--check", hidden = true, description = "only check whether it could start")
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
            return DetachedLauncher.start(
                    data,
                    spec.commandLine().getParseResult().originalArgs(),
                    StripeAccount.ofShell(System.getenv()),
                    progress);
        }
        return new SuiteRun(new SuiteSettings(data, port, replicas, production), progress).stay(reset);
    }

    private void check() {
        data.checkout().checkServices();
        if (port < 1 || port > 65_000) {
            throw new StackException("--port must be 1 to 65000, not " + port + ".");
        }
        if (replicas < 1 || replicas > 5) {
            throw new StackException("--replicas must be 1 to 5, not " + replicas + ".");
        }
        SuiteLock.refuseIfRunning(data);
        // Processes of an earlier run may hold the port. They are stopped later, or refused there.
        if (new OrphanedProcesses(data.run(), null).names().isEmpty()) {
            PortPlan.refuseIfTaken(port);
        }
        File disk = data.path().toFile();
        while (!disk.exists()) {
            disk = disk.getParentFile();
        }
        if (disk.getUsableSpace() < ROOM_NEEDED) {
            throw new StackException("The disk of " + data.path() + " is full: " + disk.getUsableSpace() / 1024 / 1024
                    + " MB are free and TradoSphere needs " + ROOM_NEEDED / 1024 / 1024
                    + " MB. Free some space, or choose another disk with: ./tradosphere up --data DIR");
        }
    }
}
