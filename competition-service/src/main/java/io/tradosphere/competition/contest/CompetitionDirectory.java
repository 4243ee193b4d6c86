package io.tradosphere.competition.contest;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Which competitions there are: the reads. */
@ApplicationScoped
class CompetitionDirectory {

    private static final String BY_ID = "SELECT " + CompetitionState.COLUMNS + " FROM competitions c WHERE c.id = $1";
    /** A statement for each set of filters, so that each has its index whatever plan is cached. */
    private static final String ALL = newest("");

    private static final String BY_STATUS = newest("AND c.status = $4");
    private static final String BY_CREATOR = newest("AND c.creator_id = $4");
    private static final String BY_BOTH = newest("AND c.creator_id = $4 AND c.status = $5");

    private final Slice slice;

    CompetitionDirectory(Slice slice) {
        this.slice = slice;
    }

    /**
     * One competition.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<CompetitionState> find(UUID competition) {
        return slice.publicRead(BY_ID, competition)
                .map(rows -> Rows.first(rows, CompetitionState::of).orElseThrow(CompetitionState::unknown));
    }

    /** Competitions, newest first. */
    Uni<Page<CompetitionView>> list(CompetitionFilter filter, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        OffsetDateTime before =
                after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC)).orElse(null);
        UUID beforeId = after.map(cursor -> cursor.uuid(1)).orElse(null);
        return read(filter, before, beforeId, page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, CompetitionView::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    private Uni<RowSet<Row>> read(CompetitionFilter filter, OffsetDateTime before, UUID beforeId, int rows) {
        if (filter.creator() != null && filter.status() != null) {
            return slice.publicRead(BY_BOTH, before, beforeId, rows, filter.creator(), filter.status());
        } else if (filter.creator() != null) {
            return slice.publicRead(BY_CREATOR, before, beforeId, rows, filter.creator());
        } else if (filter.status() != null) {
            return slice.publicRead(BY_STATUS, before, beforeId, rows, filter.status());
        }
        return slice.publicRead(ALL, before, beforeId, rows);
    }

    private static String newest(String filter) {
        return """
                SELECT %s FROM competitions c
                WHERE (c.created_at, c.id)
                  < (coalesce($1, 'infinity'::timestamptz), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)) %s
                ORDER BY c.created_at DESC, c.id DESC LIMIT $3
                """.formatted(CompetitionState.COLUMNS, filter);
    }
}
