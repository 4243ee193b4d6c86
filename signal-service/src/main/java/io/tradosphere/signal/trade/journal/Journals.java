package io.tradosphere.signal.trade.journal;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.signal.trade.Times;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading public journals, newest opened first. */
@ApplicationScoped
class Journals {

    /** A public journal that shows nothing is one row without a trade; one that is not public is no row. */
    private static final String SHOW = """
            SELECT t.* FROM journals j LEFT JOIN LATERAL (
              SELECT %s FROM trades
              WHERE user_id = $1 AND incarnation = j.incarnation
                AND (opened_at, id) < (coalesce($2::timestamptz, 'infinity'),
                  coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
              ORDER BY opened_at DESC, id DESC LIMIT $4) t ON true
            WHERE j.profile_id = $1 AND j.is_public
            ORDER BY t.opened_at DESC, t.id DESC
            """.formatted(JournalTrade.COLUMNS);

    private final Slice slice;

    Journals(Slice slice) {
        this.slice = slice;
    }

    /**
     * One page of a person's journal, the same for every caller.
     *
     * @throws Problem {@code not-found} (404) unless the journal is public
     */
    Uni<Page<JournalTrade>> show(UUID person, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        SHOW,
                        person,
                        after.map(cursor -> Times.column(cursor.instant(0))).orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows -> page.page(trades(rows), last -> Cursor.after(last.openedAt(), last.id())));
    }

    private static List<JournalTrade> trades(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Problems.NOT_FOUND.because("There is no public journal of this profile.");
        }
        List<JournalTrade> trades = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("id") != null) {
                trades.add(JournalTrade.of(row));
            }
        }
        return trades;
    }
}
