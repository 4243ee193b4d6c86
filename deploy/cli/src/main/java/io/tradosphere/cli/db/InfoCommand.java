package io.tradosphere.cli.db;

import io.tradosphere.cli.Table;
import io.tradosphere.stack.Slice;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the migrations of a slice. */
@Command(
        name = "info",
        description = "Lists the migrations of a slice and their state.",
        mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {

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
        Table table = new Table("migration", "state", "applied at");
        for (MigrationInfo info : target.schema(Slice.named(slice)).info()) {
            table.row(
                    info.getScript(),
                    info.getState().getDisplayName(),
                    info.getInstalledOn() == null ? "-" : info.getInstalledOn().toInstant());
        }
        table.print(spec.commandLine().getOut());
        return 0;
    }
}
