package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.StatementVariants;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Reads lists of the caller's trades, newest opened first. */
@ApplicationScoped
class TradeList {

    /** Tags are filtered by scanning the journal. Row-level security allows only leakproof operators in an index condition, and
     * array operators are not.
     */
    private static final StatementVariants LISTS = StatementVariants.of(
            "SELECT " + TradeView.COLUMNS + """
             FROM trades t
            WHERE t.user_id = $1 AND (t.opened_at, t.id) < ($2, $3)
              AND %s
            ORDER BY t.opened_at DESC, t.id DESC LIMIT $4
            """,
            List.of("$5::text IS NULL", "t.asset = $5"),
            List.of("$6::text IS NULL", "t.tags @> ARRAY[$6::text]"),
            List.of("$7::text IS NULL", "t.strategy = $7"),
            List.of("$8::boolean IS NULL", "t.closed_at IS NULL AND $8", "t.closed_at IS NOT NULL AND NOT $8"),
            List.of("$9::timestamptz IS NULL", "t.opened_at >= $9"));

    /** The number of trades that an event loop writes in a few milliseconds. */
    private static final int AT_ONCE = 1_000;

    private final SliceDatabase slice;

    TradeList(SliceDatabase slice) {
        this.slice = slice;
    }

    /** A page of the caller's trades. */
    Uni<Page<TradeView>> list(Caller caller, TradeFilter filter, PageRequest page) {
        Keyset<OffsetDateTime> start = start(page, filter.to());
        return slice.read(caller, wanted(filter), arguments(caller, filter, start, page.rows()))
                .map(rows -> page.page(
                        Rows.list(rows, TradeView::of),
                        last -> Cursor.after(last.fields().openedAt(), last.id())));
    }

    /** All of the caller's trades as a file that the import takes. */
    Uni<String> file(Caller caller, TradeFilter filter) {
        StringBuilder file = new StringBuilder(TradeFile.header());
        Keyset<OffsetDateTime> start = start(PageRequest.of(null, null), filter.to());
        return slice.write(caller, tx -> JournalSnapshot.begin(tx).chain(() -> append(tx, caller, filter, start, file)))
                .map(StringBuilder::toString);
    }

    private static Uni<StringBuilder> append(
            Tx tx, Caller caller, TradeFilter filter, Keyset<OffsetDateTime> after, StringBuilder file) {
        return tx.execute(wanted(filter), arguments(caller, filter, after, AT_ONCE))
                .map(rows -> Rows.list(rows, TradeView::of))
                .chain(trades -> {
                    trades.forEach(trade -> file.append(TradeFile.line(trade)));
                    if (trades.size() < AT_ONCE) {
                        return Uni.createFrom().item(file);
                    }
                    TradeView last = trades.get(AT_ONCE - 1);
                    return append(
                            tx,
                            caller,
                            filter,
                            new Keyset<>(Times.column(last.fields().openedAt()), last.id()),
                            file);
                });
    }

    private static Object[] arguments(Caller caller, TradeFilter filter, Keyset<OffsetDateTime> after, int rows) {
        return new Object[] {
            caller.id(),
            after.key(),
            after.id(),
            rows,
            filter.asset(),
            filter.tag(),
            filter.strategy(),
            filter.open(),
            Times.column(filter.from())
        };
    }

    private static String wanted(TradeFilter filter) {
        return LISTS.get(
                filter.asset() == null ? 0 : 1,
                filter.tag() == null ? 0 : 1,
                filter.strategy() == null ? 0 : 1,
                filter.open() == null ? 0 : filter.open() ? 1 : 2,
                filter.from() == null ? 0 : 1);
    }

    /**
     * Where the page begins: at the cursor, or at the end of the period if that is earlier. As one bound it is the start
     * of the index scan. A separate condition would be checked row by row.
     */
    private static Keyset<OffsetDateTime> start(PageRequest page, Instant to) {
        Keyset<OffsetDateTime> start = Keyset.newestFirst(page);
        return to == null || start.key().toInstant().isBefore(to)
                ? start
                : new Keyset<>(Times.column(to), Keyset.LOWEST_ID);
    }
}
