package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.reconciliation.ReconciliationException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Rows that follow Stripe, each by an id, and how one is compared with what Stripe has. */
public interface StripeMirror {

    /** Between two looks at what is pending. */
    Duration PAUSE = Duration.ofMillis(200);

    /** How long {@link #awaitNone} waits. */
    Duration LONGEST_WAIT = Duration.ofMinutes(3);

    /**
     * A page of a list of Stripe's.
     *
     * @param ids the objects that no row follows
     * @param last the id after which the next page begins; null on the last page
     */
    record Page(List<String> ids, String last) {}

    /** The ids of the next rows, in their order, after this one; the empty text is before all. Empty after the last row. */
    Uni<List<String>> next(String after);

    /** Asks Stripe and compares the row. No lock is held meanwhile. */
    Uni<Comparison> compare(String id);

    /**
     * Waits until what is known to have changed is applied to these rows. By default it waits for nothing.
     *
     * @param onProgress is called now and then while it gets on
     */
    default Uni<Void> settle(List<String> ids, Runnable onProgress) {
        return Uni.createFrom().voidItem();
    }

    /** Repairs the row by the way that it follows Stripe. By default it stays: only an operator can repair it. */
    default Uni<Void> repair(String id) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Objects at Stripe that should have a row and have none.
     *
     * @param after the id after which the page begins; null for the first page
     */
    default Uni<Page> unknown(String after) {
        return Uni.createFrom().item(new Page(List.of(), null));
    }

    /**
     * Waits until nothing is pending, three minutes at most.
     *
     * @param pending returns the number of what is pending
     * @param failure says what still is, such as "Payouts are not transferred"
     * @throws ReconciliationException when something is pending after that
     */
    static Uni<Void> awaitNone(Supplier<Uni<RowSet<Row>>> pending, String failure) {
        return Uni.createFrom()
                .deferred(pending::get)
                .map(rows -> rows.iterator().next().getLong(0) == 0)
                .repeat()
                .withDelay(PAUSE)
                .whilst(done -> !done)
                .collect()
                .last()
                .ifNoItem()
                .after(LONGEST_WAIT)
                .failWith(() -> new ReconciliationException(
                        failure + " after " + LONGEST_WAIT.toSeconds() + " s; try again later."))
                .replaceWithVoid();
    }
}
