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

/** Lists the latest refunds and disputes. */
@Command(
        name = "refunds",
        description = "Lists the latest 200 refunds and disputes of the running suite.",
        mixinStandardHelpOptions = true)
final class RefundsCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Address database = Address.parse(Endpoints.ofRunning(data).get("POSTGRES_URL"));
        PrintWriter out = spec.commandLine().getOut();
        List<RefundRows.Returned> returned = new RefundRows(database).latest();
        if (returned.isEmpty()) {
            out.println("There are no refunds and no disputes.");
            return 0;
        }
        Table table = new Table("id", "kind", "amount", "status", "reason", "since", "subscription");
        returned.forEach(row -> table.row(
                row.id(), row.kind(), row.amount(), row.status(), row.reason(), row.since(), row.subscription()));
        table.print(out);
        return 0;
    }
}
