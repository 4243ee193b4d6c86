package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.ProcessIdentity;
import io.tradosphere.stack.process.Signals;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the suite. It also works when the launcher was killed. */
@Command(name = "down", description = "Stops the suite; its data stays.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofMinutes(3);

    @Mixin
    private DataFolder data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Progress progress = new Progress(spec.commandLine().getOut());
        Optional<ProcessIdentity> launcher =
                PidFile.in(data.run(), SuiteLock.NAME).running();
        OrphanedProcesses orphans = new OrphanedProcesses(data.run(), progress);
        if (launcher.isEmpty() && orphans.names().isEmpty()) {
            progress.line("TradoSphere is not running.");
            return 0;
        }
        if (launcher.isPresent() && !Signals.stop(launcher.get(), Signals.Polite.TERM, GRACE)) {
            progress.report("the launcher did not stop within " + GRACE.toMinutes() + " minutes and was killed");
        }
        orphans.stop();
        PidFile.in(data.run(), SuiteLock.NAME).delete();
        if (!orphans.names().isEmpty()) {
            throw new StackException("Still running: " + String.join(", ", orphans.names()) + "; see " + data.run()
                    + " for their pids.");
        }
        progress.line("TradoSphere has stopped.");
        return 0;
    }
}
