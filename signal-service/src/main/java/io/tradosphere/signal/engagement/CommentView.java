package io.tradosphere.signal.engagement;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A comment as the API shows it.
 *
 * @param id the id of the comment
 * @param signalId the id of the signal
 * @param author who wrote it
 * @param content the text, of 1 to 2000 characters
 * @param createdAt when it was written
 */
@Schema(name = "Comment")
record CommentView(UUID id, UUID signalId, ProfileSummary author, String content, Instant createdAt) {

    /** The columns of a view, of a relation {@code c} of comments and a table {@code profiles p} of their authors. */
    static final String COLUMNS = "c.id, c.signal_id, c.content, c.created_at, " + ProfileSummary.COLUMNS + " ";

    /** A row of {@link #COLUMNS}. */
    static CommentView of(Row row) {
        return new CommentView(
                row.getUUID("id"),
                row.getUUID("signal_id"),
                ProfileSummary.of(row),
                row.getString("content"),
                Rows.instant(row, "created_at"));
    }
}
