package io.tradosphere.cli.db;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates a migration file and its undo file. */
@Command(
        name = "new",
        description = "Creates the next numbered migration of a slice, and its undo file.",
        mixinStandardHelpOptions = true)
final class NewMigrationCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "SLICE",
            description = "One of ${COMPLETION-CANDIDATES}",
            completionCandidates = SliceNames.class)
    private String slice;

    @Parameters(index = "1", paramLabel = "NAME", description = "what it does, such as add_competitions_table")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Slice which = Slice.named(slice);
        MigrationPair pair =
                new MigrationPair(Checkout.find().resolve(which.service()).resolve("src/main/resources/db/migration"));
        pair.create(name, System.getProperty("user.name"), LocalDate.now(ZoneId.systemDefault()))
                .forEach(file -> spec.commandLine().getOut().println(file));
        return 0;
    }
}
