package io.tradosphere.social.follow;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.SecondOpinion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who follows whom: the writes, each one statement with its event, so that a follow costs one round trip. */
@ApplicationScoped
class Follows {

    static final ProblemKind SELF_FOLLOW = new ProblemKind("self-follow", 400, "Nobody follows themselves");
    static final ProblemKind BLOCKED = new ProblemKind("blocked", 403, "A block stands between the two");

    private static final int TRIES = 5;

    /**
     * A follow of an earlier life is renewed, so that the erasure of that life does not take it along. Everything after the
     * insert is only looked up when nothing changed.
     */
    private static final String FOLLOW = """
            WITH begun AS (
              INSERT INTO follows AS known (follower_id, following_id)
              SELECT follower.id, followed.id FROM profiles follower, profiles followed
              WHERE follower.id = $1 AND followed.id = $2
              ON CONFLICT (follower_id, following_id) DO UPDATE SET
                follower_incarnation = EXCLUDED.follower_incarnation, following_incarnation = EXCLUDED.following_incarnation
              WHERE (known.follower_incarnation, known.following_incarnation)
                IS DISTINCT FROM (EXCLUDED.follower_incarnation, EXCLUDED.following_incarnation)
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, created_at, $3::text AS cause
            ), announced AS (
            """ + FollowEvents.ANNOUNCE_BEGUN + """
            )
            SELECT CASE
              WHEN EXISTS (SELECT FROM begun) THEN 'FOLLOWS'
              WHEN NOT EXISTS (SELECT FROM profiles WHERE id = $1) THEN 'CALLER_UNKNOWN'
              WHEN NOT EXISTS (SELECT FROM profiles WHERE id = $2) THEN 'OTHER_UNKNOWN'
              WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = $2 AND blocked_id = $1) THEN 'BLOCKED'
              WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = $1 AND blocked_id = $2) THEN 'BLOCKING'
              WHEN EXISTS (SELECT FROM follows WHERE follower_id = $1 AND following_id = $2) THEN 'FOLLOWS'
              ELSE 'OVERTAKEN'
            END AS outcome
            """;

    private static final String UNFOLLOW = """
            WITH ended AS (
              DELETE FROM follows WHERE follower_id = $1 AND following_id = $2
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, $3::text AS cause, true AS told
            )
            """ + FollowEvents.ANNOUNCE_ENDED;

    private final Slice slice;
    private final SecondOpinion opinion;

    Follows(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
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
        return opinion.on(() -> follow(caller, followed, TRIES), caller.id(), followed);
    }

    private Uni<Void> follow(Caller caller, UUID followed, int tries) {
        return slice.command(caller, FOLLOW, caller.id(), followed, caller.traceparent())
                .map(rows -> Outcome.valueOf(rows.iterator().next().getString("outcome")))
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
                                                + followed + "."));
                    case OVERTAKEN ->
                        tries > 1
                                ? follow(caller, followed, tries - 1)
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
