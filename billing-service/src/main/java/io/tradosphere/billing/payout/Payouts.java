package io.tradosphere.billing.payout;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.payout.PayoutResource.Run;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Lists, releases and runs payouts. */
@ApplicationScoped
class Payouts {

    private static final List<String> STATUSES = List.of("unfunded", "owed", "waiting", "paid", "failed");

    @IncompleteSql
    private static final String LIST =
            "SELECT " + PayoutView.COLUMNS + " FROM payouts p WHERE %s ($2::text IS NULL OR " + PayoutView.STATUS
                    + " = $2) AND (p.created_at, p.id) < ($3, $4) ORDER BY p.created_at DESC, p.id DESC LIMIT $5";

    private static final String OWN = LIST.formatted("p.profile_id = $1 AND");
    private static final String ALL = LIST.formatted("$1::uuid IS NOT NULL AND");
    private static final String FIND = "SELECT " + PayoutView.COLUMNS + " FROM payouts p WHERE p.id = $1";
    private static final String RELEASE = "UPDATE payouts SET status = 'owed' WHERE id = $1 AND status = 'unfunded'";

    /**
     * Of each payout a task is stored; one that waits already stays, and one that is parked is tried again. Of more than 10,000
     * the oldest come first. Tasks run side by side: which of them a small balance pays is open.
     */
    private static final String QUEUE = """
            WITH due AS (
              SELECT id FROM payouts WHERE status IN ('owed', 'failed') AND profile_id IS NOT NULL
              ORDER BY created_at, id LIMIT 10000),
            queued AS (
              INSERT INTO stripe_tasks AS t (kind, stripe_id) SELECT $1, id::text FROM due ORDER BY id
              ON CONFLICT (kind, stripe_id) DO UPDATE SET parked_at = NULL, next_attempt_at = now()
              WHERE t.parked_at IS NOT NULL)
            SELECT count(*) AS due FROM due
            """;

    private final SliceDatabase slice;
    private final PrizeWinners winners;

    Payouts(SliceDatabase slice, PrizeWinners winners) {
        this.slice = slice;
        this.winners = winners;
    }

    /**
     * The caller's payouts, newest first; everybody's for an admin who asks for them.
     *
     * @param status null for every status
     * @throws Problem {@code invalid-request} (400), {@code admin-only} (403)
     */
    Uni<Page<PayoutView>> list(Caller caller, String status, boolean everybody, PageRequest page) {
        if (status != null && !STATUSES.contains(status)) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The request has invalid parameters.",
                    List.of(new Violation("status", "is one of " + String.join(", ", STATUSES))));
        }
        Keyset<OffsetDateTime> after = Keyset.newestFirst(page);
        Object[] arguments = {caller.id(), status, after.key(), after.id(), page.rows()};
        Uni<RowSet<Row>> rows = everybody
                ? slice.writeAsAdmin(caller, tx -> tx.execute(ALL, arguments))
                : slice.read(caller, OWN, arguments);
        return rows.map(found -> Rows.list(found, PayoutView::of))
                .map(found -> page.page(found, last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * Makes a prize owed. One that is owed or paid already stays as it is.
     *
     * @throws Problem {@code admin-only} (403), {@code not-found} (404)
     */
    Uni<PayoutView> release(Caller admin, UUID payout) {
        return slice.writeAsAdmin(
                admin,
                tx -> tx.execute(RELEASE, payout)
                        .chain(() -> tx.execute(FIND, payout))
                        .map(rows -> Rows.first(rows, PayoutView::of)
                                .orElseThrow(() -> ProblemKind.NOT_FOUND.because("There is no payout with this id."))));
    }

    /**
     * Requests the transfer of everything that is due.
     *
     * @throws Problem {@code admin-only} (403)
     */
    Uni<Run> run(Caller caller) {
        caller.asAdmin();
        return winners.fill()
                .chain(() -> slice.asWorker(QUEUE, TransferPayout.KIND))
                .map(rows -> new Run(rows.iterator().next().getLong("due")));
    }
}
