package io.tradosphere.signal.engagement;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.PersonView;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A comment as the API shows it. */
record CommentView(UUID id, UUID signalId, PersonView author, String content, Instant createdAt) {

    /** The columns of a view, of a relation {@code c} of comments and a table {@code profiles p} of their authors. */
    static final String COLUMNS = "c.id, c.signal_id, c.content, c.created_at, " + PersonView.COLUMNS + " ";

    /** A row of {@link #COLUMNS}. */
    static CommentView of(Row row) {
        return new CommentView(
                row.getUUID("id"),
                row.getUUID("signal_id"),
                PersonView.of(row),
                row.getString("content"),
                Rows.instant(row, "created_at"));
    }
}
