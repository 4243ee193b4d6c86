package io.tradosphere.signal.feed;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes timelines follow the follows, creator by creator and some at a time: fills the timeline of a new follower with what the
 * creator has posted last, ends that for a star's, and clears away what counts no more. No feed changes by any of it.
 */
@ApplicationScoped
class Settling implements Chore {

    /** How many of a creator's signals a new follower's timeline begins with; what is older stays merged on read. */
    static final int DEPTH = 50;

    private static final int FOLLOWS_AT_ONCE = 50;
    private static final int STARS_FOLLOWS_AT_ONCE = 1_000;
    private static final int ROWS_AT_ONCE = 5_000;

    /** Whoever is busy at this moment has a turn in the next round. */
    private static final String NEXT = """
            SELECT id, starred_at IS NOT NULL AS star FROM creators WHERE NOT settled AND id > $1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    /**
     * In a statement of its own, so that its snapshot is younger than the lock. A row that is there from an earlier life of the
     * reader is made one of this life, lest it be forgotten with that.
     */
    private static final String FILL = """
            WITH behind AS MATERIALIZED (
              SELECT follower_id FROM follows WHERE following_id = $1 AND is_following AND merged_until = 'infinity'
              ORDER BY follower_id LIMIT $2
            ), latest AS MATERIALIZED (
              SELECT posted_at, id FROM signals WHERE creator_id = $1 ORDER BY posted_at DESC, id DESC LIMIT $3 + 1
            ), reach AS MATERIALIZED (
              SELECT CASE WHEN count(*) <= $3 THEN '-infinity' ELSE min(posted_at) END AS down_to FROM latest
            ), filled AS (
              INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
              SELECT behind.follower_id, latest.posted_at, latest.id, $1 FROM behind CROSS JOIN latest
              WHERE latest.posted_at > (SELECT down_to FROM reach)
              ORDER BY behind.follower_id, latest.posted_at, latest.id
              ON CONFLICT (reader_id, posted_at, signal_id) DO UPDATE SET created_at = EXCLUDED.created_at
            )
            UPDATE follows f SET merged_until = (SELECT down_to FROM reach) FROM behind
            WHERE f.following_id = $1 AND f.follower_id = behind.follower_id
            """;

    private static final String END_FAN_OUT = """
            UPDATE follows SET merged_until = 'infinity', has_leftovers = true
            WHERE following_id = $1 AND follower_id IN (
              SELECT follower_id FROM follows WHERE following_id = $1 AND merged_until < 'infinity' ORDER BY follower_id LIMIT $2)
            """;

    /**
     * Reader by reader along the creator's signals, which is the only way to their rows in a timeline that has an index; the more
     * signals, the fewer readers. The signals are counted only where there is something to clear.
     */
    private static final String CLEAR = """
            WITH cluttered AS MATERIALIZED (
              SELECT follower_id, merged_until FROM follows WHERE following_id = $1 AND has_leftovers
              ORDER BY follower_id
              LIMIT CASE WHEN EXISTS (SELECT FROM follows WHERE following_id = $1 AND has_leftovers) THEN
                (SELECT 20000 / (count(*) + 20) + 1 FROM (SELECT FROM signals WHERE creator_id = $1 LIMIT 20000) AS posted) END
            ), leftovers AS MATERIALIZED (
              SELECT t.reader_id, t.posted_at, t.signal_id
              FROM cluttered JOIN signals s ON s.creator_id = $1 AND s.posted_at <= cluttered.merged_until
              JOIN timeline t ON t.reader_id = cluttered.follower_id AND t.posted_at = s.posted_at AND t.signal_id = s.id
              LIMIT $2
            ), cleared AS (
              DELETE FROM timeline t USING leftovers
              WHERE t.reader_id = leftovers.reader_id AND t.posted_at = leftovers.posted_at
                AND t.signal_id = leftovers.signal_id
            ), done AS (
              UPDATE follows f SET has_leftovers = false FROM cluttered
              WHERE f.following_id = $1 AND f.follower_id = cluttered.follower_id
                AND (SELECT count(*) FROM leftovers) < $2
            )
            SELECT FROM cluttered
            """;

    private static final String SETTLED = "UPDATE creators SET settled = true WHERE id = $1";
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
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return settle(new Pass(FIRST, true));
    }

    /** Where a pass over the creators stands, and whether everything was settled up to there. */
    private record Pass(UUID last, boolean settled) {}

    /**
     * One part of each creator's at a time, so that one with much to do does not keep the others waiting; then the next parts, until
     * nothing is left but what somebody else is at.
     */
    private Uni<Void> settle(Pass pass) {
        return slice.work(tx -> tx.execute(NEXT, pass.last())
                        .map(rows -> Rows.first(rows, (Row row) -> row))
                        .chain(next -> next.map(row -> settleSome(tx, row))
                                .map(part -> part.map(settled ->
                                        Optional.of(new Pass(next.get().getUUID("id"), settled && pass.settled()))))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
                .chain(further -> {
                    if (further.isPresent()) {
                        return settle(further.get());
                    }
                    return pass.settled() ? Uni.createFrom().voidItem() : run();
                });
    }

    /**
     * Whether that was all there was to do about the creator: a part that is not full is the last, since nobody follows or leaves
     * while the creator's row is locked.
     */
    private static Uni<Boolean> settleSome(Tx tx, Row next) {
        UUID creator = next.getUUID("id");
        boolean star = next.getBoolean("star");
        int atOnce = star ? STARS_FOLLOWS_AT_ONCE : FOLLOWS_AT_ONCE;
        Uni<RowSet<Row>> fannedOut =
                star ? tx.execute(END_FAN_OUT, creator, atOnce) : tx.execute(FILL, creator, atOnce, DEPTH);
        return fannedOut.chain(follows -> tx.execute(CLEAR, creator, ROWS_AT_ONCE)
                .map(cluttered -> follows.rowCount() < atOnce && cluttered.rowCount() == 0)
                .call(settled -> settled
                        ? tx.execute(SETTLED, creator)
                        : Uni.createFrom().nullItem()));
    }
}
