package io.tradosphere.signal.erasure;

import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** The signals of a person. What others have answered goes first: with the signal it would go in one piece, however much it is. */
final class Calls {

    /** Four kinds at most go in one transaction, the last with as many events. */
    private static final int AT_ONCE = 400;

    private static final String REACTIONS = """
            DELETE FROM signal_engagement WHERE (signal_id, user_id) IN (
              SELECT e.signal_id, e.user_id FROM signal_engagement e JOIN signals s ON s.id = e.signal_id
              WHERE s.creator_id = $1 AND s.incarnation <= $2 LIMIT $3)
            """;
    private static final String COMMENTS = """
            DELETE FROM signal_comments WHERE id IN (
              SELECT c.id FROM signal_comments c JOIN signals s ON s.id = c.signal_id
              WHERE s.creator_id = $1 AND s.incarnation <= $2 LIMIT $3)
            """;
    private static final String VIEWS = """
            DELETE FROM signal_views WHERE (signal_id, bucket_at) IN (
              SELECT v.signal_id, v.bucket_at FROM signal_views v JOIN signals s ON s.id = v.signal_id
              WHERE s.creator_id = $1 AND s.incarnation <= $2 LIMIT $3)
            """;
    private static final String SIGNALS = """
            DELETE FROM signals WHERE id IN (
              SELECT id FROM signals WHERE creator_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            RETURNING id, incarnation, posted_at, now() AS deleted_at
            """;

    static final List<Part> PARTS = List.of(
            Part.ofWhatMayGrow(REACTIONS, AT_ONCE),
            Part.ofWhatMayGrow(COMMENTS, AT_ONCE),
            Part.ofWhatMayGrow(VIEWS, AT_ONCE),
            Part.told(SIGNALS, AT_ONCE, Calls::deleted));

    private Calls() {}

    private static SignalDeleted deleted(Row row, UUID person, long incarnation) {
        return new SignalDeleted(
                row.getUUID("id"),
                person,
                row.getLong("incarnation"),
                Rows.instant(row, "posted_at"),
                Rows.instant(row, "deleted_at"));
    }
}
