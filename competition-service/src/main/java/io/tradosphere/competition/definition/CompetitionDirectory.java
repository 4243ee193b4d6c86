package io.tradosphere.competition.definition;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Read queries for single competitions and lists of competitions. */
@ApplicationScoped
class CompetitionDirectory {

    @IncompleteSql
    private static final String NEWEST = """
            SELECT %s FROM competitions c
            WHERE (c.created_at, c.id) < ($1, $2) %s
            ORDER BY c.created_at DESC, c.id DESC LIMIT $3
            """;

    private static final String BY_ID = "SELECT " + CompetitionState.COLUMNS + " FROM competitions c WHERE c.id = $1";
    /** One statement per filter combination, so that a cached plan always uses the matching index. */
    private static final String ALL = newest("");

    private static final String BY_STATUS = newest("AND c.status = $4");
    private static final String BY_CREATOR = newest("AND c.creator_id = $4");
    private static final String BY_BOTH = newest("AND c.creator_id = $4 AND c.status = $5");

    private final SliceDatabase slice;

    CompetitionDirectory(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Reads one competition.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<CompetitionState> find(UUID competition) {
        return slice.publicRead(BY_ID, competition)
                .map(rows -> Rows.first(rows, CompetitionState::of).orElseThrow(CompetitionState::notFound));
    }

    /** Lists competitions, newest first. */
    Uni<Page<CompetitionView>> list(CompetitionFilter filter, PageRequest page) {
        return read(filter, Keyset.newestFirst(page), page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, CompetitionView::of), last -> Cursor.after(last.createdAt(), last.id())));
    }

    private Uni<RowSet<Row>> read(CompetitionFilter filter, Keyset<OffsetDateTime> from, int rows) {
        if (filter.creator() != null && filter.status() != null) {
            return slice.publicRead(BY_BOTH, from.key(), from.id(), rows, filter.creator(), filter.status());
        } else if (filter.creator() != null) {
            return slice.publicRead(BY_CREATOR, from.key(), from.id(), rows, filter.creator());
        } else if (filter.status() != null) {
            return slice.publicRead(BY_STATUS, from.key(), from.id(), rows, filter.status());
        }
        return slice.publicRead(ALL, from.key(), from.id(), rows);
    }

    private static String newest(String filter) {
        return NEWEST.formatted(CompetitionState.COLUMNS, filter);
    }
}
