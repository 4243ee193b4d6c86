package io.tradosphere.streaming.viewer;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * A scheduled job that lets viewers leave who have been silent for 60 seconds, also those of streams that have ended. They left
 * with their last heartbeat, so a later one that is still to be stored brings them back.
 */
@ApplicationScoped
class ViewerExpiry implements ScheduledJob {

    private static final int BATCH_SIZE = 1_000;
    private static final String SILENT = "left_at IS NULL AND last_seen_at < now() - INTERVAL '60 seconds'";

    private static final String FIND =
            "SELECT DISTINCT stream_id FROM (SELECT stream_id FROM stream_viewers WHERE %s LIMIT $1) AS silent"
                    .formatted(SILENT);

    private static final String CLOSE = """
            WITH closed AS (
              UPDATE stream_viewers SET left_at = last_seen_at WHERE id IN (
                SELECT id FROM stream_viewers WHERE stream_id = ANY ($1::uuid[]) AND %s LIMIT $2)
              RETURNING stream_id
            )
            UPDATE streams s SET current_viewers = greatest(s.current_viewers - gone.viewers, 0)
            FROM (SELECT stream_id, count(*) AS viewers FROM closed GROUP BY stream_id) AS gone
            WHERE s.id = gone.stream_id AND s.status = 'live'
            """.formatted(SILENT);

    private final SliceDatabase slice;

    ViewerExpiry(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "expiry of viewers";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorkerInBatches(ViewerExpiry::closeBatch);
    }

    private static Uni<Boolean> closeBatch(Tx tx) {
        return tx.execute(FIND, BATCH_SIZE)
                .chain(found -> found.size() == 0
                        ? Uni.createFrom().item(false)
                        : close(tx, found).replaceWith(true));
    }

    private static Uni<RowSet<Row>> close(Tx tx, RowSet<Row> found) {
        Object streams = Rows.list(found, row -> row.getUUID("stream_id")).toArray(UUID[]::new);
        return tx.execute(PresenceFlush.LOCK, streams).chain(() -> tx.execute(CLOSE, streams, BATCH_SIZE));
    }
}
