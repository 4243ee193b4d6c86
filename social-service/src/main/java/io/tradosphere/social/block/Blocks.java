package io.tradosphere.social.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.tradosphere.platform.profiles.Refusals;
import io.tradosphere.social.follow.FollowEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Creates, removes and lists blocks. */
@ApplicationScoped
class Blocks {

    private static final String BLOCK = """
            WITH started AS (
              INSERT INTO blocks AS existing (blocker_id, blocked_id)
              SELECT blocker.id, blocked.id FROM profiles blocker, profiles blocked
              WHERE blocker.id = $1 AND blocked.id = $2
              ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET
                blocker_incarnation = EXCLUDED.blocker_incarnation, blocked_incarnation = EXCLUDED.blocked_incarnation
              WHERE (existing.blocker_incarnation, existing.blocked_incarnation)
                IS DISTINCT FROM (EXCLUDED.blocker_incarnation, EXCLUDED.blocked_incarnation)
              RETURNING blocker_id, blocker_incarnation, blocked_id, blocked_incarnation, created_at, $3::text AS traceparent
            ), published AS (
            """ + BlockEvents.PUBLISH_STARTED + """
            )
            SELECT EXISTS (SELECT FROM profiles WHERE id = $1) AS blocker_known,
                   EXISTS (SELECT FROM profiles WHERE id = $2) AS blocked_known
            """;
    /**
     * A separate statement after the one that creates the block. That one holds the lock of the pair, so this one
     * sees every earlier follow.
     */
    private static final String END_FOLLOWS = """
            WITH ended AS (
              DELETE FROM follows WHERE (follower_id, following_id) IN (($1, $2), ($2, $1))
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, $3::text AS traceparent, true AS with_event
            )
            """ + FollowEvents.PUBLISH_ENDED;

    private static final String UNBLOCK = """
            WITH ended AS (
              DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2
              RETURNING blocker_id, blocker_incarnation, blocked_id, blocked_incarnation, $3::text AS traceparent, true AS with_event
            )
            """ + BlockEvents.PUBLISH_ENDED;
    private static final String LIST = "SELECT " + ProfileSummary.COLUMNS + """
            , b.created_at
            FROM blocks b JOIN profiles p ON p.id = b.blocked_id
            WHERE b.blocker_id = $1
              AND (b.created_at, b.blocked_id) < ($2, $3)
            ORDER BY b.created_at DESC, b.blocked_id DESC LIMIT $4
            """;

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    Blocks(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Blocks a profile and ends the follows in both directions; blocking again changes nothing.
     *
     * @throws Problem {@code self-block} (400), {@code profile-required} (403), {@code unknown-profile} (404)
     */
    Uni<Void> block(Caller caller, UUID blocked) {
        if (caller.id().equals(blocked)) {
            throw ProblemKind.SELF_BLOCK.because("Block another profile.");
        }
        return freshness.ensure(() -> slice.write(caller, tx -> block(tx, caller, blocked)), caller.id(), blocked);
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

    /** Removes the caller's block of a profile; without a block nothing changes. */
    Uni<Void> unblock(Caller caller, UUID blocked) {
        return slice.command(caller, UNBLOCK, caller.id(), blocked, caller.traceparent())
                .replaceWithVoid();
    }

    /** The profiles the caller has blocked, newest first. */
    Uni<Page<BlockView>> list(Caller caller, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.read(caller, LIST, caller.id(), from.key(), from.id(), page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, BlockView::of),
                        last -> Cursor.after(last.blockedAt(), last.person().profileId())));
    }
}
