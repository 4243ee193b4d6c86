package io.tradosphere.social.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.PersonView;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.SecondOpinion;
import io.tradosphere.social.follow.FollowEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Whom people want to have nothing to do with. */
@ApplicationScoped
class Blocks {

    static final ProblemKind SELF_BLOCK = new ProblemKind("self-block", 400, "Nobody blocks themselves");

    private static final String BLOCK = """
            WITH begun AS (
              INSERT INTO blocks AS known (blocker_id, blocked_id)
              SELECT blocker.id, blocked.id FROM profiles blocker, profiles blocked
              WHERE blocker.id = $1 AND blocked.id = $2
              ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET
                blocker_incarnation = EXCLUDED.blocker_incarnation, blocked_incarnation = EXCLUDED.blocked_incarnation
              WHERE (known.blocker_incarnation, known.blocked_incarnation)
                IS DISTINCT FROM (EXCLUDED.blocker_incarnation, EXCLUDED.blocked_incarnation)
              RETURNING blocker_id, blocker_incarnation, blocked_id, blocked_incarnation, created_at, $3::text AS cause
            ), announced AS (
            """ + BlockEvents.ANNOUNCE_BEGUN + """
            )
            SELECT EXISTS (SELECT FROM profiles WHERE id = $1) AS blocker_known,
                   EXISTS (SELECT FROM profiles WHERE id = $2) AS blocked_known
            """;
    /** A statement of its own after the block's: by then the block has its turn, and sees every follow that came before it. */
    private static final String END_FOLLOWS = """
            WITH ended AS (
              DELETE FROM follows WHERE (follower_id, following_id) IN (($1, $2), ($2, $1))
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, $3::text AS cause, true AS told
            )
            """ + FollowEvents.ANNOUNCE_ENDED;

    private static final String UNBLOCK = """
            WITH ended AS (
              DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2
              RETURNING blocker_id, blocker_incarnation, blocked_id, blocked_incarnation, $3::text AS cause, true AS told
            )
            """ + BlockEvents.ANNOUNCE_ENDED;
    private static final String LIST = "SELECT " + PersonView.COLUMNS + """
            , b.created_at
            FROM blocks b JOIN profiles p ON p.id = b.blocked_id
            WHERE b.blocker_id = $1
              AND (b.created_at, b.blocked_id)
                < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY b.created_at DESC, b.blocked_id DESC LIMIT $4
            """;

    private final Slice slice;
    private final SecondOpinion opinion;

    Blocks(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
        this.opinion = opinion;
    }

    /**
     * Makes the caller block somebody and ends their follows of each other; blocking again changes nothing.
     *
     * @throws Problem {@code self-block} (400), {@code profile-required} (403), {@code unknown-profile} (404)
     */
    Uni<Void> block(Caller caller, UUID blocked) {
        if (caller.id().equals(blocked)) {
            throw SELF_BLOCK.because("Block somebody else.");
        }
        return opinion.on(() -> slice.write(caller, tx -> block(tx, caller, blocked)), caller.id(), blocked);
    }

    private static Uni<Void> block(Tx tx, Caller caller, UUID blocked) {
        return tx.execute(BLOCK, caller.id(), blocked, caller.traceparent())
                .map(rows -> rows.iterator().next())
                .invoke(known -> {
                    if (!known.getBoolean("blocker_known")) {
                        throw Refusals.noProfile();
                    }
                    if (!known.getBoolean("blocked_known")) {
                        throw Refusals.unknown();
                    }
                })
                .chain(() -> tx.execute(END_FOLLOWS, caller.id(), blocked, caller.traceparent()))
                .replaceWithVoid();
    }

    /** Lifts the caller's block of somebody; where there is none, nothing changes. */
    Uni<Void> unblock(Caller caller, UUID blocked) {
        return slice.command(caller, UNBLOCK, caller.id(), blocked, caller.traceparent())
                .replaceWithVoid();
    }

    /** Whom the caller has blocked, newest first. */
    Uni<Page<BlockView>> list(Caller caller, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.read(
                        caller,
                        LIST,
                        caller.id(),
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, BlockView::of),
                        last -> Cursor.after(last.blockedAt(), last.person().profileId())));
    }
}
