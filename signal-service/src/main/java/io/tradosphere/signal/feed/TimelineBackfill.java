package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A scheduled job that brings timelines in line with follows, a bounded number at a time for each creator. It fills the
 * timeline of a new follower with the creator's last signals. For a star it ends the fan-out. It deletes rows that no
 * longer count. None of this changes what a feed shows.
 */
@ApplicationScoped
class TimelineBackfill implements ScheduledJob {

    private static final SqlFile SQL = SqlFile.of(TimelineBackfill.class);

    /** How many of a creator's signals a new follower's timeline starts with. Older ones stay merged on read. */
    static final int DEPTH = 50;

    /** Posts of these creators wait while the transaction lasts. The limits below keep it short. */
    private static final int CREATORS_AT_ONCE = 16;

    /** How many new followers' timelines are filled for each creator. */
    static final int FOLLOWS_AT_ONCE = 12;

    private static final int STARS_FOLLOWS_AT_ONCE = 100;
    /** How many leftover rows one transaction deletes, of all its creators together. */
    private static final int ROWS_AT_ONCE = 5_000;

    /** How many rows one transaction looks up to find leftovers. */
    private static final int LOOKED_UP_AT_ONCE = 20_000;

    /** Creators that are locked by others are skipped until the next round. */
    private static final String NEXT = """
            SELECT id, starred_at IS NOT NULL AS star FROM creators WHERE NOT backfilled AND id > $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
            """;

    /**
     * A separate statement, so that its snapshot is younger than the lock. A row left from the reader's earlier
     * incarnation gets a new created_at. The erasure of that incarnation then keeps it.
     */
    private static final String FILL = SQL.get("fill");

    private static final String END_FAN_OUT = """
            UPDATE follows f SET merged_until = 'infinity', has_leftovers = true
            FROM unnest($1::uuid[]) AS creator(id) CROSS JOIN LATERAL (
              SELECT follower_id FROM follows WHERE following_id = creator.id AND merged_until < 'infinity'
              ORDER BY follower_id LIMIT $2
            ) AS fanned_out
            WHERE f.following_id = creator.id AND f.follower_id = fanned_out.follower_id
            RETURNING f.following_id AS creator_id
            """;

    private static final String WITH_LEFTOVERS = """
            SELECT id FROM unnest($1::uuid[]) AS creator(id)
            WHERE EXISTS (SELECT FROM follows WHERE following_id = creator.id AND has_leftovers)
            """;

    /**
     * Deletes by reader along the creator's signals, because the timeline has no other index. The more signals there
     * are, the fewer readers are taken.
     */
    private static final String CLEAR = SQL.get("clear");

    private static final String MARK_BACKFILLED = "UPDATE creators SET backfilled = true WHERE id = ANY ($1::uuid[])";
    private static final UUID FIRST = new UUID(0, 0);

    private final SliceDatabase slice;

    TimelineBackfill(SliceDatabase slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "backfill of timelines";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    /**
     * Takes one batch of each creator in turn, so that a creator with much work does not delay the others. Passes
     * repeat until only creators locked by others are left.
     */
    @Override
    public Uni<Void> run() {
        Pass pass = new Pass();
        return slice.asWorkerInBatches(tx -> tx.execute(NEXT, pass.last, CREATORS_AT_ONCE)
                .chain(next -> next.size() == 0
                        ? Uni.createFrom().item(pass.restart())
                        : backfillSome(tx, next).map(pass::advance)));
    }

    private static Uni<BatchResult> backfillSome(Tx tx, RowSet<Row> next) {
        UUID[] creators = ids(next, row -> true);
        UUID[] ordinary = ids(next, row -> !row.getBoolean("star"));
        UUID[] stars = ids(next, row -> row.getBoolean("star"));
        // A creator with less than a full batch is done: follows cannot change while the creator's row is locked.
        Set<UUID> unfinished = new HashSet<>();
        return tx.execute(FILL, ordinary, FOLLOWS_AT_ONCE, DEPTH)
                .invoke(filled -> addUnfinished(filled, FOLLOWS_AT_ONCE, unfinished))
                .chain(() -> tx.execute(END_FAN_OUT, stars, STARS_FOLLOWS_AT_ONCE))
                .invoke(ended -> addUnfinished(ended, STARS_FOLLOWS_AT_ONCE, unfinished))
                .chain(() -> tx.execute(WITH_LEFTOVERS, (Object) creators))
                .map(rows -> ids(rows, row -> true))
                .invoke(withLeftovers -> unfinished.addAll(List.of(withLeftovers)))
                .chain(withLeftovers -> clear(tx, withLeftovers))
                .chain(() -> tx.execute(MARK_BACKFILLED, (Object) Stream.of(creators)
                        .filter(id -> !unfinished.contains(id))
                        .toArray(UUID[]::new)))
                .replaceWith(() -> new BatchResult(creators[creators.length - 1], unfinished.isEmpty()));
    }

    private static Uni<Void> clear(Tx tx, UUID[] withLeftovers) {
        return Multi.createFrom()
                .items(withLeftovers)
                .onItem()
                .transformToUniAndConcatenate(creator -> tx.execute(
                        CLEAR,
                        creator,
                        ROWS_AT_ONCE / withLeftovers.length,
                        (long) LOOKED_UP_AT_ONCE / withLeftovers.length))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static UUID[] ids(RowSet<Row> rows, Predicate<Row> which) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(which)
                .map(row -> row.getUUID("id"))
                .toArray(UUID[]::new);
    }

    private static void addUnfinished(RowSet<Row> follows, long full, Set<UUID> unfinished) {
        StreamSupport.stream(follows.spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.getUUID("creator_id"), Collectors.counting()))
                .forEach((creator, count) -> {
                    if (count == full) {
                        unfinished.add(creator);
                    }
                });
    }

    /**
     * The result of one batch of creators.
     *
     * @param last the last creator of the batch
     * @param backfilled whether nothing is left to do for them
     */
    private record BatchResult(UUID last, boolean backfilled) {}

    /** The state of a pass over the creators: the last one processed, and whether all so far are backfilled. */
    private static final class Pass {
        private UUID last = FIRST;
        private boolean backfilled = true;

        boolean advance(BatchResult part) {
            last = part.last();
            backfilled &= part.backfilled();
            return true;
        }

        /** Ends a pass; returns whether another one is needed. */
        boolean restart() {
            boolean again = !backfilled;
            last = FIRST;
            backfilled = true;
            return again;
        }
    }
}
