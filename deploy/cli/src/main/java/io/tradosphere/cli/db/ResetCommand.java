package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a slice over. */
@Command(
        name = "reset",
        description = "Drops everything in a slice's schema and migrates it again. Refused outside development.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Parameters(
            paramLabel = "SLICE",
            description = "profile, signal, social, billing, competition, streaming or messaging")
    private String slice;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        target.refuseOutsideDevelopment();
        int applied = target.schema(Slice.named(slice)).reset();
        spec.commandLine()
                .getOut()
                .println(slice + " is empty and has its " + applied
                        + " migrations again; restart its service, so that it catches up from the topics.");
        return 0;
    }
}
