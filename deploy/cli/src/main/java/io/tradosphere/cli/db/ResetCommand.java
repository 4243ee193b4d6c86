package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drops a slice's tables and migrates it again. */
@Command(
        name = "reset",
        description = "Drops everything in a slice's schema and migrates it again. Refused outside development.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

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
        target.refuseOutsideDevelopment();
        int applied = target.schema(Slice.named(slice)).reset();
        spec.commandLine()
                .getOut()
                .println(slice + " is empty again, with its " + applied
                        + " migrations applied. Restart its service so that it reads the topics again.");
        return 0;
    }
}
