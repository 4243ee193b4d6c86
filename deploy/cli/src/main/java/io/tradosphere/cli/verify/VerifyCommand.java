package io.tradosphere.cli.verify;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.suite.Endpoints;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reconciles every count. */
@Command(
        name = "verify",
        description =
                "Compares every denormalised count of the running suite with its truth, and names what has drifted."
                        + " Exit code 1 on drift.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Option(names = "--repair", description = "mend what drifted")
    private boolean repair;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Endpoints endpoints = Endpoints.ofRunning(data);
        Table table = new Table("count", "rows checked", "drift", "repaired");
        Map<String, Reconciliation.Outcome> drifted = new LinkedHashMap<>();
        boolean clean = true;
        for (Reconciliation reconciliation : Reconciliations.all()) {
            Reconciliation.Outcome outcome = reconciliation.run(endpoints, repair);
            table.row(reconciliation.name(), outcome.rows(), outcome.drift(), outcome.repaired());
            clean &= outcome.drift() == outcome.repaired();
            if (outcome.drift() > 0) {
                drifted.put(reconciliation.name(), outcome);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        drifted.forEach((count, outcome) -> print(out, count, outcome));
        return clean ? 0 : 1;
    }

    private static void print(PrintWriter out, String count, Reconciliation.Outcome outcome) {
        out.println();
        out.println(count + (outcome.repaired() > 0 ? " had drifted:" : " has drifted:"));
        outcome.shown().forEach(drift -> out.println("  " + drift.id() + ": " + drift.difference()));
        long more = outcome.drift() - outcome.shown().size();
        if (more > 0) {
            out.println("  and " + more + " more");
        }
        out.flush();
    }
}
