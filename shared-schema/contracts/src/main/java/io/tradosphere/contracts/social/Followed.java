package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody began to follow another.
 *
 * @param followerId who follows
 * @param followerIncarnation the incarnation of the follower's id
 * @param followingId who is followed
 * @param followingIncarnation the incarnation of the followed person's id
 * @param followedAt when it began
 */
public record Followed(
        UUID followerId, long followerIncarnation, UUID followingId, long followingIncarnation, Instant followedAt)
        implements FollowEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_FOLLOWED;
    }

    @Override
    public int sign() {
        return 1;
    }
}
