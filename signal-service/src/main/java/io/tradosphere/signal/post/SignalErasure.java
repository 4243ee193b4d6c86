package io.tradosphere.signal.post;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.signal.view.Audiences;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Erases a person's signals. Reactions, comments and views on them are erased first, in bounded batches: the cascade of
 * a signal is unbounded.
 */
@ApplicationScoped
class SignalErasure implements FeatureErasure {

    /** At most five kinds share one transaction; the last has as many events as rows. */
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
    private static final String VIEWERS = """
            DELETE FROM recent_views WHERE (signal_id, viewer) IN (
              SELECT v.signal_id, v.viewer FROM recent_views v JOIN signals s ON s.id = v.signal_id
              WHERE s.creator_id = $1 AND s.incarnation <= $2 LIMIT $3)
            """;
    private static final String SIGNALS = """
            DELETE FROM signals WHERE id = ANY (ARRAY(
              SELECT id FROM signals WHERE creator_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING id, incarnation, is_public, posted_at, now() AS deleted_at
            """;

    private static final List<ErasureStep> STEPS = List.of(
            ErasureStep.ofWhatMayGrow(REACTIONS, AT_ONCE),
            ErasureStep.ofWhatMayGrow(COMMENTS, AT_ONCE),
            ErasureStep.ofWhatMayGrow(VIEWS, AT_ONCE),
            ErasureStep.ofWhatMayGrow(VIEWERS, AT_ONCE),
            ErasureStep.told(SIGNALS, AT_ONCE, SignalErasure::deleted).covering("signals.creator_id"));

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ErasureStep> steps() {
        return STEPS;
    }

    private static Event deleted(Row row, UUID person, long incarnation) {
        return Audiences.announced(
                row,
                new SignalDeleted(
                        row.getUUID("id"),
                        person,
                        row.getLong("incarnation"),
                        Rows.instant(row, "posted_at"),
                        Rows.instant(row, "deleted_at")));
    }
}
