package io.tradosphere.social.follow;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Grouped;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.SecondOpinion;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Who follows whom: the writes, each one statement with its event; follows that come at the same time share it. */
@ApplicationScoped
class Follows {

    static final ProblemKind SELF_FOLLOW = new ProblemKind("self-follow", 400, "Nobody follows themselves");
    static final ProblemKind BLOCKED = new ProblemKind("blocked", 403, "A block stands between the two");

    private static final int TRIES = 5;

    /**
     * Follows of many people at once, or of one. A follow of an earlier life is renewed, so that the erasure of that life does not
     * take it along. Pairs are locked in one order, whoever of the two follows. What stands in the way is only looked up where
     * nothing changed.
     */
    private static final String FOLLOW = """
            WITH asked AS MATERIALIZED (
              SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY
                AS a (follower_id, following_id, cause, position)
            ), wanted AS MATERIALIZED (
              SELECT DISTINCT ON (follower_id, following_id) follower_id, following_id, cause FROM asked
              ORDER BY follower_id, following_id, position
            ), begun AS (
              INSERT INTO follows AS known (follower_id, following_id)
              SELECT follower.id, followed.id
              FROM wanted JOIN profiles follower ON follower.id = follower_id JOIN profiles followed ON followed.id = following_id
              ORDER BY least(follower_id, following_id), greatest(follower_id, following_id), follower_id
              ON CONFLICT (follower_id, following_id) DO UPDATE SET
                follower_incarnation = EXCLUDED.follower_incarnation, following_incarnation = EXCLUDED.following_incarnation
              WHERE (known.follower_incarnation, known.following_incarnation)
                IS DISTINCT FROM (EXCLUDED.follower_incarnation, EXCLUDED.following_incarnation)
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, created_at
            ), announced AS (
            """ + FollowEvents.ANNOUNCE_BEGUN + """
            )
            SELECT CASE
              WHEN b.created_at IS NOT NULL THEN 'FOLLOWS'
              WHEN NOT EXISTS (SELECT FROM profiles WHERE id = a.follower_id) THEN 'CALLER_UNKNOWN'
              WHEN NOT EXISTS (SELECT FROM profiles WHERE id = a.following_id) THEN 'OTHER_UNKNOWN'
              WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = a.following_id AND blocked_id = a.follower_id) THEN 'BLOCKED'
              WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = a.follower_id AND blocked_id = a.following_id) THEN 'BLOCKING'
              WHEN EXISTS (SELECT FROM follows f WHERE f.follower_id = a.follower_id AND f.following_id = a.following_id)
                THEN 'FOLLOWS'
              ELSE 'OVERTAKEN'
            END AS outcome
            FROM asked a LEFT JOIN begun b USING (follower_id, following_id)
            ORDER BY a.position
            """;

    private static final String UNFOLLOW = """
            WITH ended AS (
              DELETE FROM follows WHERE follower_id = $1 AND following_id = $2
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, $3::text AS cause, true AS told
            )
            """ + FollowEvents.ANNOUNCE_ENDED;

    private final Slice slice;
    private final Grouped<Follow, Row> follows;
    private final SecondOpinion opinion;

    Follows(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
        this.follows = slice.grouped(FOLLOW, Follow::columns);
        this.opinion = opinion;
    }

    /**
     * Makes the caller follow somebody; following again changes nothing.
     *
     * @return completes when the follow and its event are committed
     * @throws Problem {@code self-follow} (400), {@code profile-required} (403), {@code unknown-profile} (404), {@code blocked}
     *     (403)
     */
    Uni<Void> follow(Caller caller, UUID followed) {
        if (caller.id().equals(followed)) {
            throw SELF_FOLLOW.because("Follow somebody else.");
        }
        return opinion.on(() -> follow(new Follow(caller, followed), TRIES), caller.id(), followed);
    }

    private Uni<Void> follow(Follow asked, int tries) {
        return follows.ask(asked)
                .map(row -> Outcome.valueOf(row.getString("outcome")))
                .chain(outcome -> switch (outcome) {
                    case FOLLOWS -> Uni.createFrom().voidItem();
                    case CALLER_UNKNOWN -> Uni.createFrom().failure(Refusals::noProfile);
                    case OTHER_UNKNOWN -> Uni.createFrom().failure(Refusals::unknown);
                    case BLOCKED ->
                        Uni.createFrom().failure(() -> BLOCKED.because("You cannot follow somebody who blocked you."));
                    case BLOCKING ->
                        Uni.createFrom()
                                .failure(() -> BLOCKED.because(
                                        "You blocked this profile; unblock it first, with DELETE /v1/follows/blocks/"
                                                + asked.followed() + "."));
                    case OVERTAKEN ->
                        tries > 1
                                ? follow(asked, tries - 1)
                                : Uni.createFrom()
                                        .failure(
                                                () -> Problems.BUSY.because("Nothing was changed; try again shortly."));
                });
    }

    /** Ends the caller's follow of somebody; where there is none, nothing changes. */
    Uni<Void> unfollow(Caller caller, UUID followed) {
        return slice.command(caller, UNFOLLOW, caller.id(), followed, caller.traceparent())
                .replaceWithVoid();
    }

    /** That somebody wants to follow somebody. */
    private record Follow(Caller caller, UUID followed) implements Grouped.Asked {

        static Object[] columns(List<Follow> asked) {
            return new Object[] {
                column(asked, follow -> follow.caller().id(), UUID[]::new),
                column(asked, Follow::followed, UUID[]::new),
                column(asked, follow -> follow.caller().traceparent(), String[]::new)
            };
        }
    }

    /** What a follow came to. */
    private enum Outcome {
        /** Since now, or since before. */
        FOLLOWS,
        CALLER_UNKNOWN,
        OTHER_UNKNOWN,
        /** By the other. */
        BLOCKED,
        /** By the caller. */
        BLOCKING,
        /** Something changed between the two while the statement ran, so that it cannot tell: it is to run again. */
        OVERTAKEN
    }
}
