package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reverts the last migration of a slice. */
@Command(
        name = "down",
        description = "Reverts the last migration of a slice by its undo file.",
        mixinStandardHelpOptions = true)
final class DownMigrationCommand implements Callable<Integer> {

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
        String undone = target.schema(Slice.named(slice)).down();
        spec.commandLine().getOut().println(undone + " is reverted.");
        return 0;
    }
}
