package io.tradosphere.cli.db;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the slices as {@code bootstrap.sql} takes them. */
@Command(
        name = "slices",
        description = "Prints all slices, separated by commas, as bootstrap.sql takes them in tradosphere.slices.",
        mixinStandardHelpOptions = true)
final class SlicesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(String.join(",", new SliceNames()));
        return 0;
    }
}
