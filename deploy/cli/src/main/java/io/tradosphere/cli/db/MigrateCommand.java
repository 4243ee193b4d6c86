package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies the pending migrations of a slice. */
@Command(
        name = "migrate",
        description = "Applies the pending migrations of a slice, as its service does at startup.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Parameters(
            paramLabel = "SLICE",
            description = "One of ${COMPLETION-CANDIDATES}",
            completionCandidates = SliceNames.class)
    private String slice;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        int applied = target.schema(Slice.named(slice)).migrate();
        spec.commandLine().getOut().println(applied + " migrations applied to " + slice + ".");
        return 0;
    }
}
