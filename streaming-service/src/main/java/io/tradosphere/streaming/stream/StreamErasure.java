package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.streaming.StreamEnd;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of streams and views. A live stream ends before it is deleted. Views by the person are
 * anonymised and still counted.
 */
@ApplicationScoped
class StreamErasure implements FeatureErasure {

    private static final int VIEWER_BATCH_SIZE = 900;
    private static final int STREAM_BATCH_SIZE = 500;

    private static final String VIEWERS_OF_THEIR_STREAMS = """
            DELETE FROM stream_viewers WHERE id IN (
              SELECT v.id FROM stream_viewers v JOIN streams s ON s.id = v.stream_id
              WHERE s.creator_id = $1 AND s.created_at < %s LIMIT $3)
            """.formatted(ErasureStep.END_OF_LIFE);
    private static final String LIVE_STREAM = """
            DELETE FROM streams WHERE id = ANY (ARRAY(
              SELECT id FROM streams
              WHERE creator_id = $1 AND status = 'live' AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING id, peak_viewers, total_viewers, started_at, now() AS ended_at
            """.formatted(ErasureStep.END_OF_LIFE);
    private static final String STREAMS = """
            DELETE FROM streams WHERE id = ANY (ARRAY(
              SELECT id FROM streams WHERE creator_id = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE))
            """.formatted(ErasureStep.END_OF_LIFE);

    /**
     * The rows of the streams are locked first, in order, since their counts decrease. An erased viewer stays in
     * total_viewers.
     */
    private static final String WATCHED = """
            WITH batch AS MATERIALIZED (
              SELECT v.id, v.stream_id FROM stream_viewers v
              WHERE v.viewer_id = $1 AND v.created_at < %s ORDER BY v.stream_id LIMIT $3
            ), locked AS MATERIALIZED (
              SELECT s.id FROM streams s WHERE s.id IN (SELECT stream_id FROM batch) ORDER BY s.id FOR NO KEY UPDATE
            ), left_now AS (
              UPDATE stream_viewers v SET viewer_id = NULL, left_at = coalesce(v.left_at, now())
              FROM batch JOIN locked ON locked.id = batch.stream_id WHERE v.id = batch.id
              RETURNING v.stream_id, old.left_at IS NULL AS was_present
            ), uncounted AS (
              UPDATE streams s SET current_viewers = greatest(s.current_viewers - 1, 0)
              FROM left_now WHERE s.id = left_now.stream_id AND left_now.was_present AND s.status = 'live'
            )
            SELECT FROM batch
            """.formatted(ErasureStep.END_OF_LIFE);

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                ErasureStep.ofWhatMayGrow(VIEWERS_OF_THEIR_STREAMS, VIEWER_BATCH_SIZE),
                ErasureStep.told(LIVE_STREAM, STREAM_BATCH_SIZE, StreamErasure::ended),
                ErasureStep.of(STREAMS, STREAM_BATCH_SIZE).covering("streams.creator_id"),
                ErasureStep.of(WATCHED, VIEWER_BATCH_SIZE).covering("stream_viewers.viewer_id"));
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
