package io.tradosphere.streaming.stream;

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

/** Reads streams, which everybody may see. */
@ApplicationScoped
class StreamDirectory {

    private static final String FIND =
            "SELECT " + StreamState.COLUMNS + " FROM streams s JOIN profiles p ON p.id = s.creator_id WHERE s.id = $1";

    @IncompleteSql
    private static final String NEWEST = "SELECT " + StreamState.COLUMNS + """
             FROM streams s JOIN profiles p ON p.id = s.creator_id
            WHERE (s.started_at, s.id) < ($1, $2) %s
            ORDER BY s.started_at DESC, s.id DESC LIMIT $3
            """;

    /** One statement per filter combination, so that a cached plan always uses the matching index. */
    private static final String ALL = NEWEST.formatted("");

    private static final String BY_STATUS = NEWEST.formatted("AND s.status = $4");
    private static final String BY_CATEGORY = NEWEST.formatted("AND s.category = $4");
    private static final String BY_STATUS_AND_CATEGORY = NEWEST.formatted("AND s.status = $4 AND s.category = $5");
    /** The streams of one creator are few enough to be scanned. */
    private static final String BY_CREATOR = NEWEST.formatted("""
            AND s.creator_id = $4 AND ($5::text IS NULL OR s.status = $5) AND ($6::text IS NULL OR s.category = $6)
            """);

    private final SliceDatabase slice;

    StreamDirectory(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Finds a stream.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<StreamState> find(UUID stream) {
        return slice.publicRead(FIND, stream)
                .map(rows -> Rows.first(rows, StreamState::of).orElseThrow(StreamState::notFound));
    }

    /** A page of the streams that the filter matches, newest first. */
    Uni<Page<StreamView>> list(StreamFilter filter, PageRequest page) {
        return read(filter, page)
                .map(rows ->
                        page.page(Rows.list(rows, StreamView::of), last -> Cursor.after(last.startedAt(), last.id())));
    }

    private Uni<RowSet<Row>> read(StreamFilter filter, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        int rows = page.rows();
        if (filter.creator() != null) {
            return slice.publicRead(
                    BY_CREATOR, from.key(), from.id(), rows, filter.creator(), filter.status(), filter.category());
        } else if (filter.status() != null && filter.category() != null) {
            return slice.publicRead(
                    BY_STATUS_AND_CATEGORY, from.key(), from.id(), rows, filter.status(), filter.category());
        } else if (filter.status() != null) {
            return slice.publicRead(BY_STATUS, from.key(), from.id(), rows, filter.status());
        } else if (filter.category() != null) {
            return slice.publicRead(BY_CATEGORY, from.key(), from.id(), rows, filter.category());
        }
        return slice.publicRead(ALL, from.key(), from.id(), rows);
    }
}
