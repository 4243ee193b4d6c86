package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
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
 * Fans signals out to the timelines of those whose follow of the creator is fanned out, and takes deleted ones out of them.
 *
 * <p>What an event does depends on the present state alone (a signal that is there, a follow, its moment), so that doing it again,
 * late or from the beginning of the topic changes nothing. The creator's row is what it shares with {@link Settling}: whose signals
 * are being fanned out is not settled meanwhile. A follow that was settled before is fanned out to; one that is settled afterwards
 * finds the signal in the table.
 */
@ApplicationScoped
class Timelines implements Effect<SignalEvent> {

    private static final int SIGNALS_AT_ONCE = 50;
    private static final int ROWS_AT_ONCE = 5_000;
    private static final UUID FIRST = new UUID(0, 0);

    /** The weakest lock that a settling waits for: whoever resolves a signal or counts a follow meanwhile does not wait. */
    private static final String LOCK_CREATORS =
            "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE";

    private static final String FAN_OUT = """
            WITH due AS MATERIALIZED (
              SELECT f.follower_id, s.posted_at, s.id, s.creator_id
              FROM signals s JOIN follows f
                ON f.following_id = s.creator_id AND f.merged_until < 'infinity' AND f.merged_until < s.posted_at
              WHERE s.id = ANY ($1::uuid[]) AND (s.id, f.follower_id) > ($2, $3)
              ORDER BY s.id, f.follower_id LIMIT $4
            ), shown AS (
              INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
              SELECT follower_id, posted_at, id, creator_id FROM due ORDER BY id, follower_id
              ON CONFLICT DO NOTHING
            )
            SELECT id, follower_id, (SELECT count(*) FROM due) AS rows FROM due ORDER BY id DESC, follower_id DESC LIMIT 1
            """;
    /** Stronger than a fan-out's, so that none that still saw the signal comes after this. */
    private static final String LOCK_CREATORS_ALONE =
            "SELECT FROM creators WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE";

    private static final String TAKE_OUT = """
            WITH gone AS MATERIALIZED (
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
            DELETE FROM timeline t USING gone
            WHERE t.reader_id = gone.reader_id AND t.posted_at = gone.posted_at AND t.signal_id = gone.signal_id
            """;

    private final Slice slice;

    Timelines(Slice slice) {
        this.slice = slice;
    }

    @Override
    public String purpose() {
        return "timelines";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SIGNALS);
    }

    /** A row is in a timeline or it is not. */
    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    /** All of it: a signal may have thousands of readers, and a batch a thousand signals. */
    @Override
    public Uni<Void> prepare(Batch<SignalEvent> batch) {
        return inParts(events(batch, SignalPosted.class), posted -> fanOut(posted, FIRST, FIRST))
                .chain(() -> inParts(events(batch, SignalDeleted.class), this::takeOut));
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<SignalEvent> batch) {
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> fanOut(List<SignalPosted> posted, UUID lastSignal, UUID lastReader) {
        return slice.work(tx -> tx.execute(LOCK_CREATORS, (Object) creators(posted))
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

    private Uni<Void> takeOut(List<SignalDeleted> deleted) {
        return slice.work(tx -> tx.execute(LOCK_CREATORS_ALONE, (Object) creators(deleted))
                        .chain(() -> tx.execute(
                                TAKE_OUT,
                                deleted.stream().map(SignalDeleted::signalId).toArray(UUID[]::new),
                                deleted.stream().map(SignalDeleted::creatorId).toArray(UUID[]::new),
                                deleted.stream()
                                        .map(signal -> signal.postedAt().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new),
                                ROWS_AT_ONCE)))
                .chain(rows -> rows.rowCount() == ROWS_AT_ONCE
                        ? takeOut(deleted)
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

    private static <T> Uni<Void> inParts(List<T> all, Function<List<T>, Uni<Void>> work) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SIGNALS_AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + SIGNALS_AT_ONCE)));
        }
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
