package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.IdempotentConsumer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * An event consumer that fans public signals out to followers' timelines, and removes deleted signals from them. A signal
 * for subscribers is fanned out when it has become public; until then feeds merge it on read.
 *
 * <p>Its work depends only on the present state: the signal, the follow and its {@code merged_until}. So a repeated,
 * late or replayed event changes nothing. It locks the creator's row, as {@link TimelineBackfill} does, so the two
 * never overlap. A follow backfilled earlier receives the signal here. For a follow backfilled later, the backfill
 * finds the signal in the table.
 */
@ApplicationScoped
class Timelines implements IdempotentConsumer<SignalEvent> {

    static final String PURPOSE = "timelines";

    private static final int SIGNALS_AT_ONCE = 50;
    private static final int ROWS_AT_ONCE = 5_000;
    private static final UUID FIRST = new UUID(0, 0);

    /** The weakest lock that conflicts with a backfill. Resolving a signal and counting a follow do not wait for it. */
    private static final String LOCK_CREATORS =
            "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE";

    private static final String FAN_OUT = """
            WITH due AS MATERIALIZED (
              SELECT f.follower_id, s.posted_at, s.id, s.creator_id
              FROM signals s JOIN follows f
                ON f.following_id = s.creator_id AND f.merged_until < 'infinity' AND f.merged_until < s.posted_at
              WHERE s.id = ANY ($1::uuid[]) AND s.is_public AND (s.id, f.follower_id) > ($2, $3)
              ORDER BY s.id, f.follower_id LIMIT $4
            ), inserted AS (
              INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
              SELECT follower_id, posted_at, id, creator_id FROM due ORDER BY id, follower_id
              ON CONFLICT DO NOTHING
            )
            SELECT id, follower_id, (SELECT count(*) FROM due) AS rows FROM due ORDER BY id DESC, follower_id DESC LIMIT 1
            """;
    /** Stronger than the lock of a fan-out, so that no fan-out that still saw the signal can follow. */
    private static final String LOCK_CREATORS_FOR_UPDATE =
            "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE";

    private static final String REMOVE = """
            WITH removable AS MATERIALIZED (
              SELECT t.reader_id, t.posted_at, t.signal_id
              FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS deleted (id, creator_id, posted_at)
              CROSS JOIN LATERAL (
                SELECT follower_id FROM follows f WHERE f.following_id = deleted.creator_id AND f.merged_until < 'infinity'
                UNION
                SELECT follower_id FROM follows f WHERE f.following_id = deleted.creator_id AND f.has_leftovers
              ) AS reader
              JOIN timeline t
                ON t.reader_id = reader.follower_id AND t.posted_at = deleted.posted_at AND t.signal_id = deleted.id
              LIMIT $4
            )
            DELETE FROM timeline t USING removable
            WHERE t.reader_id = removable.reader_id AND t.posted_at = removable.posted_at AND t.signal_id = removable.signal_id
            """;

    private final SliceDatabase slice;

    Timelines(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SIGNALS);
    }

    /** Uses several transactions: a signal may have thousands of readers, and a batch a thousand signals. */
    @Override
    public Uni<Void> apply(Batch<SignalEvent> batch) {
        return inBatches(events(batch, SignalPosted.class), posted -> fanOut(posted, FIRST, FIRST))
                .chain(() -> inBatches(events(batch, SignalDeleted.class), this::removeDeleted));
    }

    private Uni<Void> fanOut(List<SignalPosted> posted, UUID lastSignal, UUID lastReader) {
        return slice.asWorker(tx -> tx.execute(LOCK_CREATORS, (Object) creators(posted))
                        .chain(() -> tx.execute(
                                FAN_OUT,
                                posted.stream().map(SignalPosted::signalId).toArray(UUID[]::new),
                                lastSignal,
                                lastReader,
                                ROWS_AT_ONCE)))
                .map(rows -> Rows.first(rows, (Row row) -> row).filter(row -> row.getLong("rows") == ROWS_AT_ONCE))
                .chain(full -> full.map(last -> fanOut(posted, last.getUUID("id"), last.getUUID("follower_id")))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> removeDeleted(List<SignalDeleted> deleted) {
        return slice.asWorker(tx -> tx.execute(LOCK_CREATORS_FOR_UPDATE, (Object) creators(deleted))
                        .chain(() -> tx.execute(
                                REMOVE,
                                deleted.stream().map(SignalDeleted::signalId).toArray(UUID[]::new),
                                deleted.stream().map(SignalDeleted::creatorId).toArray(UUID[]::new),
                                deleted.stream()
                                        .map(signal -> signal.postedAt().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new),
                                ROWS_AT_ONCE)))
                .chain(rows -> rows.rowCount() == ROWS_AT_ONCE
                        ? removeDeleted(deleted)
                        : Uni.createFrom().voidItem());
    }

    private static UUID[] creators(List<? extends SignalEvent> events) {
        return events.stream().map(SignalEvent::creatorId).distinct().toArray(UUID[]::new);
    }

    private static <T extends SignalEvent> List<T> events(Batch<SignalEvent> batch, Class<T> kind) {
        return batch.deliveries().stream()
                .map(Delivery::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static <T> Uni<Void> inBatches(List<T> all, Function<List<T>, Uni<Void>> work) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SIGNALS_AT_ONCE) {
            batches.add(all.subList(from, Math.min(all.size(), from + SIGNALS_AT_ONCE)));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
