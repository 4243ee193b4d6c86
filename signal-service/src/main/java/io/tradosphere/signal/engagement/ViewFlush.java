package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.platform.buffer.WriteBuffer.Batch;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.signal.engagement.ViewBuffer.Viewed;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/**
 * A scheduled job that stores the views taken by this instance, with their events. A viewer counts once in ten minutes
 * for each signal, whichever instances took the views. Views of deleted signals are dropped, and of signals for subscribers
 * those of viewers who may not read them.
 */
@ApplicationScoped
class ViewFlush implements ScheduledJob {

    private static final SqlFile SQL = SqlFile.of(ViewFlush.class);

    /**
     * The batch's id goes into the inbox in the same transaction. So a batch sent again after an unknown commit is
     * skipped. The signals are locked for update. That orders the events of one signal across instances, makes their
     * viewers wait for each other, and keeps a concurrent deletion from missing the view.
     */
    private static final String STORE = SQL.get(
            "store",
            Map.of(
                    "publish",
                    EngagementOutbox.of(
                            EventType.SIGNAL_VIEWED,
                            "t.signal_id::text",
                            "'count', t.views, 'viewedAt', " + EngagementOutbox.instant("t.viewed_at"),
                            "events")));

    /** All instances use the key of the first one that asked on that day. */
    private static final String KEY = """
            INSERT INTO view_keys (day, key) VALUES ($1, $2)
            ON CONFLICT (day) DO UPDATE SET day = EXCLUDED.day RETURNING key
            """;

    private static final int KEY_BYTES = 32;

    /** A day's key, which is in the database. */
    private record DayKey(LocalDate day, byte[] key) {}

    private final SliceDatabase slice;
    private final ViewBuffer buffer;
    private final SecureRandom random = new SecureRandom();
    private volatile DayKey keyOfToday;

    ViewFlush(SliceDatabase slice, ViewBuffer buffer) {
        this.slice = slice;
        this.buffer = buffer;
    }

    @Override
    public String name() {
        return "view-flush";
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

    private Uni<Void> store(Batch<Viewed, Instant> batch) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return slice.asWorker(tx -> keyOf(tx, today)
                        .chain(key -> tx.execute(
                                        STORE,
                                        batch.id(),
                                        batch.column(view -> view.key().signal(), UUID[]::new),
                                        batch.column(
                                                view -> Buffer.buffer(
                                                        view.key().viewer().pseudonym(key)),
                                                Buffer[]::new),
                                        batch.column(
                                                view -> view.value().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new),
                                        batch.column(view -> view.key().viewer().profile(), UUID[]::new))
                                .replaceWith(new DayKey(today, key))))
                .invoke(committed -> keyOfToday = committed)
                .replaceWithVoid();
    }

    private Uni<byte[]> keyOf(Tx tx, LocalDate day) {
        DayKey known = keyOfToday;
        if (known != null && known.day().equals(day)) {
            return Uni.createFrom().item(known.key());
        }
        return tx.execute(KEY, day, randomKey())
                .map(rows -> rows.iterator().next().getBuffer("key").getBytes());
    }

    private Buffer randomKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Buffer.buffer(key);
    }
}
