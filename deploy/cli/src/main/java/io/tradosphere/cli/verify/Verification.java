package io.tradosphere.cli.verify;

import io.tradosphere.cli.Table;
import io.tradosphere.stack.StackException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of the services' reconciliations, and its report. */
public final class Verification {

    private final Reconciliations services;
    private final PrintWriter out;

    /**
     * A run against these services.
     *
     * @param out receives a line for each reconciliation, and the rows that drifted
     */
    public Verification(Reconciliations services, PrintWriter out) {
        this.services = services;
        this.out = out;
    }

    /**
     * Runs them.
     *
     * @param names only those whose name begins so; all when empty
     * @param repair whether drift is repaired
     * @return false when something drifted and was not repaired, or could not be compared
     * @throws StackException when a service does not answer, or no name begins so; one line
     */
    public boolean run(List<String> names, boolean repair) {
        Table table = new Table("count", "rows checked", "drift", "repaired");
        Map<String, Outcome> drifted = new LinkedHashMap<>();
        Set<String> failures = new LinkedHashSet<>();
        boolean clean = true;
        for (Reconciliation reconciliation : requested(names)) {
            Outcome outcome;
            try {
                outcome = services.run(reconciliation, repair);
            } catch (StackException failure) {
                // Such as Stripe, which is away: the others are compared.
                failures.add(failure.getMessage());
                table.row(reconciliation.name(), "?", "?", "?");
                continue;
            }
            table.row(reconciliation.name(), outcome.rows(), outcome.drift(), outcome.repaired());
            clean &= outcome.drift() == outcome.repaired();
            if (outcome.drift() > 0) {
                drifted.put(reconciliation.name(), outcome);
            }
        }
        table.print(out);
        drifted.forEach(this::print);
        failures.forEach(out::println);
        out.flush();
        return clean && failures.isEmpty();
    }

    private List<Reconciliation> requested(List<String> names) {
        List<Reconciliation> requested = services.all().stream()
                .filter(one -> names.isEmpty() || names.stream().anyMatch(one.name()::startsWith))
                .toList();
        if (requested.isEmpty()) {
            throw new StackException(
                    "No name begins with " + String.join(" or ", names) + ". See ./tradosphere verify.");
        }
        return requested;
    }

    private void print(String count, Outcome outcome) {
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
