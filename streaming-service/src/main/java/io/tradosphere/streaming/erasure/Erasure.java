package io.tradosphere.streaming.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.streaming.StreamEnd;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Forgets an erased person: their streams, of which a live one ends, and what they watched, where they still count. */
@ApplicationScoped
class Erasure implements Forgetting {

    private static final int VIEWERS_AT_ONCE = 900;
    private static final int STREAMS_AT_ONCE = 500;

    private static final String VIEWERS_OF_THEIR_STREAMS = """
            DELETE FROM stream_viewers WHERE id IN (
              SELECT v.id FROM stream_viewers v JOIN streams s ON s.id = v.stream_id
              WHERE s.creator_id = $1 AND s.created_at < %s LIMIT $3)
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String LIVE_STREAM = """
            DELETE FROM streams WHERE id IN (
              SELECT id FROM streams
              WHERE creator_id = $1 AND status = 'live' AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE)
            RETURNING id, peak_viewers, total_viewers, started_at, now() AS ended_at
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String STREAMS = """
            DELETE FROM streams WHERE id IN (
              SELECT id FROM streams WHERE creator_id = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE)
            """.formatted(ForgettingInParts.END_OF_LIFE);

    /** The streams' rows are locked first, in order, since their counts fall; a departed viewer stays in total_viewers. */
    private static final String WATCHED = """
            WITH theirs AS MATERIALIZED (
              SELECT v.id, s.id AS stream_id FROM stream_viewers v JOIN streams s ON s.id = v.stream_id
              WHERE v.viewer_id = $1 AND v.created_at < %s ORDER BY s.id LIMIT $3 FOR UPDATE OF s, v
            ), left_now AS (
              UPDATE stream_viewers v SET viewer_id = NULL, left_at = coalesce(v.left_at, now())
              FROM theirs WHERE v.id = theirs.id
              RETURNING v.stream_id, old.left_at IS NULL AS was_present
            ), uncounted AS (
              UPDATE streams s SET current_viewers = greatest(s.current_viewers - 1, 0)
              FROM left_now WHERE s.id = left_now.stream_id AND left_now.was_present
            )
            SELECT FROM theirs
            """.formatted(ForgettingInParts.END_OF_LIFE);

    private final ForgettingInParts parts = new ForgettingInParts(List.of(
            Part.ofWhatMayGrow(VIEWERS_OF_THEIR_STREAMS, VIEWERS_AT_ONCE),
            Part.told(LIVE_STREAM, STREAMS_AT_ONCE, Erasure::ended),
            Part.of(STREAMS, STREAMS_AT_ONCE),
            Part.of(WATCHED, VIEWERS_AT_ONCE)));

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return parts.forgetSome(tx, person, incarnation);
    }

    private static StreamEnded ended(Row row, UUID person, long incarnation) {
        return new StreamEnded(
                row.getUUID("id"),
                person,
                incarnation,
                StreamEnd.ENDED,
                row.getLong("peak_viewers"),
                row.getLong("total_viewers"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "ended_at"));
    }
}
