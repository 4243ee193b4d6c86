package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
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
 * Makes timelines follow the follows, creator by creator and some at a time: fills the timeline of a new follower with what the
 * creator has posted last, ends that for a star's, and clears away what counts no more. No feed changes by any of it.
 */
@ApplicationScoped
class Settling implements Chore {

    /** How many of a creator's signals a new follower's timeline begins with; what is older stays merged on read. */
    static final int DEPTH = 50;

    /** While a transaction lasts, these creators' posts wait: this and what follows keeps it short. */
    private static final int CREATORS_AT_ONCE = 16;

    /** How many new followers' timelines are filled for each of them. */
    static final int FOLLOWS_AT_ONCE = 12;

    private static final int STARS_FOLLOWS_AT_ONCE = 100;
    /** How many leftovers are cleared, of all its creators together, and how many are looked for. */
    private static final int ROWS_AT_ONCE = 5_000;

    private static final int LOOKED_FOR_AT_ONCE = 20_000;

    /** Whoever is busy at this moment has a turn in the next round. */
    private static final String NEXT = """
            SELECT id, starred_at IS NOT NULL AS star FROM creators WHERE NOT settled AND id > $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
            """;

    /**
     * In a statement of its own, so that its snapshot is younger than the lock. A row that is there from an earlier life of the
     * reader is made one of this life, lest it be forgotten with that.
     */
    private static final String FILL = """
            WITH behind AS MATERIALIZED (
              SELECT creator.id AS creator_id, f.follower_id
              FROM unnest($1::uuid[]) AS creator(id) CROSS JOIN LATERAL (
                SELECT follower_id FROM follows WHERE following_id = creator.id AND is_following AND merged_until = 'infinity'
                ORDER BY follower_id LIMIT $2
              ) AS f
            ), latest AS MATERIALIZED (
              SELECT creator.id AS creator_id, s.posted_at, s.id
              FROM (SELECT DISTINCT creator_id FROM behind) AS creator(id) CROSS JOIN LATERAL (
                SELECT posted_at, id FROM signals WHERE creator_id = creator.id ORDER BY posted_at DESC, id DESC LIMIT $3 + 1
              ) AS s
            ), reach AS MATERIALIZED (
              SELECT creator.id AS creator_id,
                (SELECT CASE WHEN count(*) <= $3 THEN '-infinity' ELSE min(posted_at) END
                 FROM latest WHERE latest.creator_id = creator.id) AS down_to
              FROM unnest($1::uuid[]) AS creator(id)
            ), filled AS (
              INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
              SELECT behind.follower_id, latest.posted_at, latest.id, latest.creator_id
              FROM behind JOIN latest USING (creator_id) JOIN reach USING (creator_id)
              WHERE latest.posted_at > reach.down_to
              ORDER BY behind.follower_id, latest.posted_at, latest.id
              ON CONFLICT (reader_id, posted_at, signal_id) DO UPDATE SET created_at = EXCLUDED.created_at
            )
            UPDATE follows f SET merged_until = reach.down_to FROM behind JOIN reach USING (creator_id)
            WHERE f.following_id = behind.creator_id AND f.follower_id = behind.follower_id
            RETURNING f.following_id AS creator_id
            """;

    private static final String END_FAN_OUT = """
            UPDATE follows f SET merged_until = 'infinity', has_leftovers = true
            FROM unnest($1::uuid[]) AS creator(id) CROSS JOIN LATERAL (
              SELECT follower_id FROM follows WHERE following_id = creator.id AND merged_until < 'infinity'
              ORDER BY follower_id LIMIT $2
            ) AS fanned_out
            WHERE f.following_id = creator.id AND f.follower_id = fanned_out.follower_id
            RETURNING f.following_id AS creator_id
            """;

    private static final String CLUTTERED = """
            SELECT id FROM unnest($1::uuid[]) AS creator(id)
            WHERE EXISTS (SELECT FROM follows WHERE following_id = creator.id AND has_leftovers)
            """;

    /**
     * Reader by reader along the creator's signals, which is the only way to their rows in a timeline that has an index; the more
     * signals, the fewer readers.
     */
    private static final String CLEAR = """
            WITH cluttered AS MATERIALIZED (
              SELECT follower_id, merged_until FROM follows WHERE following_id = $1 AND has_leftovers
              ORDER BY follower_id
              LIMIT (SELECT $3::bigint / (count(*) + 20) + 1 FROM (SELECT FROM signals WHERE creator_id = $1 LIMIT $3) AS posted)
            ), leftovers AS MATERIALIZED (
              SELECT t.reader_id, t.posted_at, t.signal_id
              FROM cluttered JOIN signals s ON s.creator_id = $1 AND s.posted_at <= cluttered.merged_until
              JOIN timeline t ON t.reader_id = cluttered.follower_id AND t.posted_at = s.posted_at AND t.signal_id = s.id
              LIMIT $2
            ), cleared AS (
              DELETE FROM timeline t USING leftovers
              WHERE t.reader_id = leftovers.reader_id AND t.posted_at = leftovers.posted_at
                AND t.signal_id = leftovers.signal_id
            )
            UPDATE follows f SET has_leftovers = false FROM cluttered
            WHERE f.following_id = $1 AND f.follower_id = cluttered.follower_id
              AND (SELECT count(*) FROM leftovers) < $2
            """;

    private static final String SETTLED = "UPDATE creators SET settled = true WHERE id = ANY ($1::uuid[])";
    private static final UUID FIRST = new UUID(0, 0);

    private final Slice slice;

    Settling(Slice slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "settling of timelines";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(3);
    }

    /**
     * One part of each creator's at a time, so that one with much to do does not keep the others waiting; then the next parts, until
     * nothing is left but what somebody else is at.
     */
    @Override
    public Uni<Void> run() {
        Pass pass = new Pass();
        return slice.workInParts(tx -> tx.execute(NEXT, pass.last, CREATORS_AT_ONCE)
                .chain(next -> next.size() == 0
                        ? Uni.createFrom().item(pass.startsAgain())
                        : settleSome(tx, next).map(pass::goesOn)));
    }

    private static Uni<Part> settleSome(Tx tx, RowSet<Row> next) {
        UUID[] creators = ids(next, row -> true);
        UUID[] ordinary = ids(next, row -> !row.getBoolean("star"));
        UUID[] stars = ids(next, row -> row.getBoolean("star"));
        // Whose part is not full is done: nobody follows or leaves while the creator's row is locked.
        Set<UUID> unfinished = new HashSet<>();
        return tx.execute(FILL, ordinary, FOLLOWS_AT_ONCE, DEPTH)
                .invoke(filled -> addFull(filled, FOLLOWS_AT_ONCE, unfinished))
                .chain(() -> tx.execute(END_FAN_OUT, stars, STARS_FOLLOWS_AT_ONCE))
                .invoke(ended -> addFull(ended, STARS_FOLLOWS_AT_ONCE, unfinished))
                .chain(() -> tx.execute(CLUTTERED, (Object) creators))
                .map(rows -> ids(rows, row -> true))
                .invoke(cluttered -> unfinished.addAll(List.of(cluttered)))
                .chain(cluttered -> clear(tx, cluttered))
                .chain(() -> tx.execute(SETTLED, (Object) Stream.of(creators)
                        .filter(id -> !unfinished.contains(id))
                        .toArray(UUID[]::new)))
                .replaceWith(() -> new Part(creators[creators.length - 1], unfinished.isEmpty()));
    }

    private static Uni<Void> clear(Tx tx, UUID[] cluttered) {
        return Multi.createFrom()
                .items(cluttered)
                .onItem()
                .transformToUniAndConcatenate(creator -> tx.execute(
                        CLEAR, creator, ROWS_AT_ONCE / cluttered.length, (long) LOOKED_FOR_AT_ONCE / cluttered.length))
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

    private static void addFull(RowSet<Row> follows, long full, Set<UUID> unfinished) {
        StreamSupport.stream(follows.spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.getUUID("creator_id"), Collectors.counting()))
                .forEach((creator, count) -> {
                    if (count == full) {
                        unfinished.add(creator);
                    }
                });
    }

    /** Some creators' parts: up to whom, and whether that was all there was to do about them. */
    private record Part(UUID last, boolean settled) {}

    /** Where a pass over the creators stands, and whether everything was settled up to there. */
    private static final class Pass {
        private UUID last = FIRST;
        private boolean settled = true;

        boolean goesOn(Part part) {
            last = part.last();
            settled &= part.settled();
            return true;
        }

        /** At the end of a pass: whether there is to be another. */
        boolean startsAgain() {
            boolean again = !settled;
            last = FIRST;
            settled = true;
            return again;
        }
    }
}
