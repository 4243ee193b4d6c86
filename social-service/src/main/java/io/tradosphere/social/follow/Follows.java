package io.tradosphere.social.follow;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.RequestBatcher;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Creates and ends follows, each in one statement with its event. Concurrent follows are committed in batches. */
@ApplicationScoped
class Follows {

    private static final SqlFile SQL = SqlFile.of(Follows.class);

    private static final int MAX_ATTEMPTS = 5;

    /**
     * A batch of follows. A follow of an earlier incarnation is renewed, so that the erasure of that incarnation does
     * not delete it.
     *
     * <p>Pairs are locked in one order, in whichever direction they follow. The reason for a refusal is looked up
     * only for pairs that did not change.
     */
    private static final String FOLLOW = SQL.get("follow", Map.of("publishStarted", FollowEvents.PUBLISH_STARTED));

    private static final String UNFOLLOW = """
            WITH ended AS (
              DELETE FROM follows WHERE follower_id = $1 AND following_id = $2
              RETURNING follower_id, follower_incarnation, following_id, following_incarnation, $3::text AS traceparent, true AS with_event
            )
            """ + FollowEvents.PUBLISH_ENDED;

    private final SliceDatabase slice;
    private final RequestBatcher<FollowRequest, Row> follows;
    private final ProfileFreshness freshness;

    Follows(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.follows = slice.batched(FOLLOW, FollowRequest::columns);
        this.freshness = freshness;
    }

    /**
     * Follows a profile; following again changes nothing.
     *
     * @return completes when the follow and its event are committed
     * @throws Problem {@code self-follow} (400), {@code profile-required} (403), {@code unknown-profile} (404),
     *     {@code blocked} (403)
     */
    Uni<Void> follow(Caller caller, UUID followed) {
        if (caller.id().equals(followed)) {
            throw ProblemKind.SELF_FOLLOW.because("Follow another profile.");
        }
        return freshness.ensure(() -> follow(new FollowRequest(caller, followed), MAX_ATTEMPTS), caller.id(), followed);
    }

    private Uni<Void> follow(FollowRequest request, int attempts) {
        return follows.ask(request)
                .map(row -> Outcome.valueOf(row.getString("outcome")))
                .chain(outcome -> switch (outcome) {
                    case FOLLOWS -> Uni.createFrom().voidItem();
                    case CALLER_UNKNOWN -> Uni.createFrom().failure(Refusals::noProfile);
                    case OTHER_UNKNOWN -> Uni.createFrom().failure(Refusals::unknown);
                    case BLOCKED ->
                        Uni.createFrom().failure(() -> ProblemKind.BLOCKED.because("This profile has blocked you."));
                    case BLOCKING ->
                        Uni.createFrom()
                                .failure(() -> ProblemKind.BLOCKED.because(
                                        "You blocked this profile; unblock it first, with DELETE /v1/follows/blocks/"
                                                + request.followed() + "."));
                    case RETRY ->
                        attempts > 1
                                ? follow(request, attempts - 1)
                                : Uni.createFrom()
                                        .failure(() ->
                                                ProblemKind.BUSY.because("Nothing was changed; try again shortly."));
                });
    }

    /** Ends the caller's follow of a profile; without a follow nothing changes. */
    Uni<Void> unfollow(Caller caller, UUID followed) {
        return slice.command(caller, UNFOLLOW, caller.id(), followed, caller.traceparent())
                .replaceWithVoid();
    }

    /** A request to follow a profile. */
    private record FollowRequest(Caller caller, UUID followed) implements RequestBatcher.Request {

        @Override
        public List<UUID> rows() {
            return List.of(caller.id(), followed);
        }

        static Object[] columns(List<FollowRequest> requests) {
            return new Object[] {
                column(requests, follow -> follow.caller().id(), UUID[]::new),
                column(requests, FollowRequest::followed, UUID[]::new),
                column(requests, follow -> follow.caller().traceparent(), String[]::new)
            };
        }
    }

    /** The outcome of a request to follow. */
    private enum Outcome {
        /** A follow that is new or existed before. */
        FOLLOWS,
        CALLER_UNKNOWN,
        OTHER_UNKNOWN,
        /** Blocked by the other profile. */
        BLOCKED,
        /** Blocked by the caller. */
        BLOCKING,
        /** A concurrent change made the outcome unknown; the statement must run again. */
        RETRY
    }
}
