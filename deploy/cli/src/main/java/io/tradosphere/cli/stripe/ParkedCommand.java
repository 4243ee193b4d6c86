package io.tradosphere.cli.stripe;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.postgres.Address;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what could not be applied from Stripe, or done there. */
@Command(
        name = "parked",
        description = "Lists what the running suite could not apply from Stripe or do there, with the reason.",
        mixinStandardHelpOptions = true)
final class ParkedCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Address database = Address.parse(Endpoints.ofRunning(data).get("POSTGRES_URL"));
        PrintWriter out = spec.commandLine().getOut();
        List<ParkedRows.Parked> parked = new ParkedRows(database).all();
        if (parked.isEmpty()) {
            out.println("Nothing is parked.");
            return 0;
        }
        Table table = new Table("id", "what", "since", "reason");
        parked.forEach(row -> table.row(row.id(), row.what(), row.since(), row.reason()));
        table.print(out);
        return 0;
    }
}
