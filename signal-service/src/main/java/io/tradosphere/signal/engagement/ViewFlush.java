package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.signal.engagement.ViewBuffer.Batch;
import io.tradosphere.signal.engagement.ViewBuffer.Views;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Stores the views that this replica has counted, and tells of them. Views of signals that are gone are dropped. */
@ApplicationScoped
class ViewFlush implements Chore {

    /**
     * The batch's id goes into the inbox with it: a batch that comes again, since nobody heard of its commit, finds itself there.
     * The signals are locked as for an update, which orders the events of one signal whatever replica they come from, and keeps
     * whoever takes a signal back from doing so unseen.
     */
    private static final String STORE = """
            WITH fresh AS (
              INSERT INTO inbox (consumer_group, event_id, keep_until)
              VALUES ('signal-service.view-flushes', $1, now() + INTERVAL '1 day')
              ON CONFLICT DO NOTHING RETURNING event_id
            ), seen AS MATERIALIZED (
              SELECT s.id AS signal_id, s.creator_id, s.incarnation AS creator_incarnation, v.views, v.viewed_at
              FROM signals s
              JOIN unnest($2::uuid[], $3::bigint[], $4::timestamptz[]) AS v(signal_id, views, viewed_at) ON v.signal_id = s.id
              WHERE EXISTS (SELECT FROM fresh)
              ORDER BY s.id FOR NO KEY UPDATE OF s
            ), stored AS (
              INSERT INTO signal_views AS known (signal_id, bucket_at, views)
              SELECT signal_id, date_trunc('hour', viewed_at, 'UTC'), views FROM seen ORDER BY signal_id
              ON CONFLICT (signal_id, bucket_at) DO UPDATE SET views = known.views + EXCLUDED.views
              RETURNING signal_id
            ), told AS (
              SELECT seen.*, NULL AS cause FROM seen JOIN stored ON stored.signal_id = seen.signal_id
            )
            """
            + Announcing.of(
                    EventType.SIGNAL_VIEWED,
                    "t.signal_id::text",
                    "'count', t.views, 'viewedAt', " + Announcing.instant("t.viewed_at"),
                    "told");

    private final Slice slice;
    private final ViewBuffer buffer;

    ViewFlush(Slice slice, ViewBuffer buffer) {
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
        return Uni.createFrom().deferred(() -> {
            buffer.seal();
            return storeSealed();
        });
    }

    /** Twice: the first round may find no more than what a failure has left. */
    @Override
    public Uni<Void> beforeStop() {
        return run().chain(this::run);
    }

    private Uni<Void> storeSealed() {
        return buffer.next()
                .map(batch -> store(batch).invoke(() -> buffer.stored(batch)).chain(this::storeSealed))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> store(Batch batch) {
        List<Map.Entry<UUID, Views>> signals = List.copyOf(batch.signals().entrySet());
        return slice.work(tx -> tx.execute(
                        STORE,
                        batch.id(),
                        column(signals, Map.Entry::getKey).toArray(UUID[]::new),
                        column(signals, views -> views.getValue().count()).toArray(Long[]::new),
                        column(signals, views -> views.getValue().lastAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    private static <T> List<T> column(List<Map.Entry<UUID, Views>> signals, Function<Map.Entry<UUID, Views>, T> value) {
        return signals.stream().map(value).toList();
    }
}
