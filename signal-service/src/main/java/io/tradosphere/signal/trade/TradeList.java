package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/** The caller's trades, newest opened first. */
@ApplicationScoped
class TradeList {

    private static final String LIST = "SELECT " + TradeView.COLUMNS + """
             FROM trades t
            WHERE t.user_id = $1 AND (t.opened_at, t.id) < (coalesce($2::timestamptz, 'infinity'),
                coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
              AND %s
            ORDER BY t.opened_at DESC, t.id DESC LIMIT $4
            """;

    private final Slice slice;

    TradeList(Slice slice) {
        this.slice = slice;
    }

    /** One page of the caller's trades. */
    Uni<Page<TradeView>> list(Caller caller, TradeFilter filter, PageRequest page) {
        Start start = Start.of(page.after(2), filter.to());
        return slice.read(
                        caller,
                        LIST.formatted(conditions(filter)),
                        caller.id(),
                        Times.column(start.openedBefore()),
                        start.orThenBefore(),
                        page.rows(),
                        filter.asset(),
                        filter.tag(),
                        filter.strategy(),
                        filter.open(),
                        Times.column(filter.from()))
                .map(rows -> page.page(
                        Rows.list(rows, TradeView::of),
                        last -> Cursor.after(last.fields().openedAt(), last.id())));
    }

    /**
     * A condition stands in the statement only if it is wanted, so that a plan that is cached for all calls still walks the right
     * index. A tag is looked for along the journal: no index could help, since under row-level security only operators that
     * leak nothing are asked first, and those of arrays are not among them.
     */
    private static String conditions(TradeFilter filter) {
        StringJoiner conditions = new StringJoiner(" AND ");
        conditions.add(filter.asset() == null ? "$5::text IS NULL" : "t.asset = $5");
        conditions.add(filter.tag() == null ? "$6::text IS NULL" : "t.tags @> ARRAY[$6::text]");
        conditions.add(filter.strategy() == null ? "$7::text IS NULL" : "t.strategy = $7");
        conditions.add(
                filter.open() == null
                        ? "$8::boolean IS NULL"
                        : filter.open() ? "t.closed_at IS NULL AND $8" : "t.closed_at IS NOT NULL AND NOT $8");
        conditions.add(filter.from() == null ? "$9::timestamptz IS NULL" : "t.opened_at >= $9");
        return conditions.toString();
    }

    /**
     * Where the page begins: after the cursor, or at the end of the period where that is earlier. As one bound it is where the index
     * is entered; a condition beside it would have the index read from its beginning.
     *
     * @param openedBefore null for the newest
     * @param orThenBefore of those opened at that very instant, only ids before this one
     */
    private record Start(Instant openedBefore, UUID orThenBefore) {

        private static final UUID NONE = new UUID(0, 0);

        static Start of(Optional<Cursor> after, Instant to) {
            Start start = after.map(cursor -> new Start(cursor.instant(0), cursor.uuid(1)))
                    .orElseGet(() -> new Start(null, null));
            return to == null || start.openedBefore != null && start.openedBefore.isBefore(to)
                    ? start
                    : new Start(to, NONE);
        }
    }
}
