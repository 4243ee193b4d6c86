package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeNotConfigured;
import io.tradosphere.billing.stripe.StripeUnavailable;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Outcome.Drift;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReconciliationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A reconciliation of rows with what Stripe has: Stripe's list of events first, then object by object, paced. A row that differs
 * is compared again after what Stripe has told is applied. Its repair is the way that it follows Stripe anyway.
 */
public final class StripeReconciliation implements Reconciliation {

    /** Fewer than the client's threads, so that requests are not held up. */
    private static final int AT_ONCE = 4;

    private static final int COMPARISONS = 4;

    private final String name;
    private final Set<String> columns;
    private final StripeMirror mirror;

    /**
     * A reconciliation.
     *
     * @param name the table and {@code .stripe}
     * @param columns the columns that follow Stripe, each as {@code table.column}
     */
    public StripeReconciliation(String name, Set<String> columns, StripeMirror mirror) {
        this.name = name;
        this.columns = Set.copyOf(columns);
        this.mirror = mirror;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> columns() {
        return columns;
    }

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repair) {
        return Uni.createFrom()
                .deferred(() -> {
                    Run run = new Run(reconciler, repair);
                    return mirror.settle(List.of(), reconciler::progressed)
                            .chain(() -> repeat(run::nextRows))
                            .chain(() -> repeat(run::nextPage))
                            .map(done -> run.outcome())
                            .onFailure(StripeNotConfigured.class)
                            .recoverWithUni(run::withoutStripe);
                })
                .onFailure(StripeUnavailable.class)
                .transform(away -> new ReconciliationException(
                        "Stripe cannot be asked, so what follows it is not compared: " + away.getMessage() + "."));
    }

    private static Uni<Void> repeat(Supplier<Uni<Boolean>> step) {
        // Repeated, not chained: a chain of tens of thousands of steps overflows the stack.
        return Uni.createFrom()
                .deferred(step::get)
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One run. It keeps a batch of ids and the first rows that differ. */
    private final class Run {

        private final Reconciler reconciler;
        private final boolean repair;
        private final AtomicReference<String> lastRow = new AtomicReference<>("");
        private final AtomicReference<String> lastListed = new AtomicReference<>();
        private long compared;
        private long drift;
        private long repaired;
        private final List<Drift> shown = new ArrayList<>();

        Run(Reconciler reconciler, boolean repair) {
            this.reconciler = reconciler;
            this.repair = repair;
        }

        Outcome outcome() {
            return new Outcome(compared, drift, repaired, shown);
        }

        /** Without a key there is nothing to compare, unless there are rows. */
        Uni<Outcome> withoutStripe(Throwable notConfigured) {
            return mirror.next("")
                    .chain(ids -> ids.isEmpty()
                            ? Uni.createFrom().item(outcome())
                            : Uni.createFrom().failure(notConfigured));
        }

        Uni<Boolean> nextRows() {
            return mirror.next(lastRow.get()).chain(ids -> {
                if (ids.isEmpty()) {
                    return Uni.createFrom().item(false);
                }
                lastRow.set(ids.get(ids.size() - 1));
                return check(ids, true).replaceWith(true);
            });
        }

        /** What cannot be applied here was made by another installation or by hand. It is parked when its event comes. */
        Uni<Boolean> nextPage() {
            return mirror.unknown(lastListed.get()).chain(page -> {
                lastListed.set(page.last());
                return check(page.ids(), false).replaceWith(page.last() != null);
            });
        }

        private Uni<Void> check(List<String> ids, boolean isRefusalDrift) {
            return compare(ids)
                    .invoke(() -> compared += ids.size())
                    .map(suspects -> suspects.stream()
                            .filter(suspect -> isRefusalDrift || !suspect.isRefused())
                            .toList())
                    .chain(suspects -> settle(suspects, 1))
                    .chain(found -> Multi.createFrom()
                            .iterable(found)
                            .onItem()
                            .transformToUniAndConcatenate(this::note)
                            .collect()
                            .asList())
                    .replaceWithVoid();
        }

        /** Compares again after what Stripe has told is applied, a few times. */
        private Uni<List<Comparison>> settle(List<Comparison> suspects, int comparisons) {
            if (suspects.isEmpty() || comparisons == COMPARISONS) {
                return Uni.createFrom().item(suspects);
            }
            List<String> ids = suspects.stream().map(Comparison::id).toList();
            return mirror.settle(ids, reconciler::progressed)
                    .chain(() -> compare(ids))
                    .chain(left -> settle(left, comparisons + 1));
        }

        private Uni<List<Comparison>> compare(List<String> ids) {
            return Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUni(id -> mirror.compare(id).invoke(reconciler::progressed))
                    .merge(AT_ONCE)
                    .filter(comparison -> !comparison.isSame())
                    .collect()
                    .asList();
        }

        private Uni<Void> note(Comparison found) {
            if (!found.isSettled()) {
                throw new ReconciliationException(
                        found.id() + " changes at Stripe all the time, so it is not compared; try again later.");
            }
            drift++;
            if (shown.size() < Outcome.MAX_SHOWN) {
                shown.add(new Drift(found.id(), found.difference()));
            }
            return repair
                    ? mirror.repair(found.id())
                            .chain(() -> settle(List.of(found), COMPARISONS - 1))
                            .invoke(left -> repaired += left.isEmpty() ? 1 : 0)
                            .replaceWithVoid()
                    : Uni.createFrom().voidItem();
        }
    }
}
