package io.tradosphere.signal.trade.journal;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads public journals, newest opened first. */
@ApplicationScoped
class Journals {

    /** A public journal without trades gives one row without a trade; a journal that is not public gives no row. */
    private static final String SHOW = """
            SELECT t.* FROM journals j LEFT JOIN LATERAL (
              SELECT %s FROM trades
              WHERE user_id = $1 AND incarnation = j.incarnation
                AND (opened_at, id) < ($2, $3)
              ORDER BY opened_at DESC, id DESC LIMIT $4) t ON true
            WHERE j.profile_id = $1 AND j.is_public
            ORDER BY t.opened_at DESC, t.id DESC
            """.formatted(JournalTrade.COLUMNS);

    private final SliceDatabase slice;

    Journals(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * A page of a person's journal, the same for every caller.
     *
     * @throws Problem {@code not-found} (404) unless the journal is public
     */
    Uni<Page<JournalTrade>> show(UUID person, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(SHOW, person, from.key(), from.id(), page.rows())
                .map(rows -> page.page(trades(rows), last -> Cursor.after(last.openedAt(), last.id())));
    }

    private static List<JournalTrade> trades(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw ProblemKind.NOT_FOUND.because("This profile has no public journal.");
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
