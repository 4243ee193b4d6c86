package io.tradosphere.streaming.viewer;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.buffer.WriteBuffer.Batch;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.streaming.viewer.PresenceBuffer.Watcher;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A scheduled job that stores the heartbeats and leavings taken by this instance, with the counts of the streams. It decides by
 * the times of the requests, so what two instances took may be stored in any order, and a batch may be stored twice.
 */
@ApplicationScoped
class PresenceFlush implements ScheduledJob {

    private static final SqlFile SQL = SqlFile.of(PresenceFlush.class);

    /**
     * Orders everything that changes viewers or counts of a stream. A statement of its own, so that the next one sees what was
     * committed before.
     */
    static final String LOCK = "SELECT FROM streams WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE";

    /**
     * The creator's heartbeats feed the stream. Viewers arrive and leave in the order of time, so the peak is what a count at
     * every moment would have found. Returned is who leaves without having been seen: another instance may have the heartbeat.
     * The bounds matter only where a count has drifted, which must not keep the rest of the batch from being stored.
     */
    private static final String STORE = SQL.get("store");

    private final SliceDatabase slice;
    private final PresenceBuffer buffer;

    PresenceFlush(SliceDatabase slice, PresenceBuffer buffer) {
        this.slice = slice;
        this.buffer = buffer;
    }

    @Override
    public String name() {
        return "presence flush";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return buffer.flush(this::store);
    }

    /** Runs twice: the first run may only store what an earlier failure has left. */
    @Override
    public Uni<Void> beforeStop() {
        return run().chain(this::run);
    }

    private Uni<Void> store(Batch<Watcher, Presence> batch) {
        Object streams = batch.column(watcher -> watcher.key().stream(), UUID[]::new);
        return slice.asWorker(tx -> tx.execute(LOCK, streams)
                        .chain(() -> tx.execute(
                                STORE,
                                streams,
                                batch.column(watcher -> watcher.key().person(), UUID[]::new),
                                batch.column(watcher -> time(watcher.value().seenFrom()), OffsetDateTime[]::new),
                                batch.column(watcher -> time(watcher.value().seenUntil()), OffsetDateTime[]::new),
                                batch.column(watcher -> time(watcher.value().leftAt()), OffsetDateTime[]::new))))
                .invoke(unseen -> unseen.forEach(this::takeAgain))
                .replaceWithVoid();
    }

    /** Without room for it the viewer leaves once they are silent. */
    private void takeAgain(Row leaving) {
        buffer.add(
                new Watcher(leaving.getUUID("stream_id"), leaving.getUUID("person")),
                Presence.left(Rows.instant(leaving, "left_at")));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
