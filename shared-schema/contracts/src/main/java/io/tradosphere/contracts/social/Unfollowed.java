package io.tradosphere.contracts.social;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody stopped following another, of their own will, by a block, or because one of the two was erased; a
 * tombstone of the same key follows.
 *
 * @param followerId who follows
 * @param followerIncarnation the incarnation of the follower's id
 * @param followingId who is followed
 * @param followingIncarnation the incarnation of the followed person's id
 * @param unfollowedAt when it ended
 */
public record Unfollowed(
        UUID followerId, long followerIncarnation, UUID followingId, long followingIncarnation, Instant unfollowedAt)
        implements FollowEvent {
    @Override
    public EventType type() {
        return EventType.SOCIAL_UNFOLLOWED;
    }

    @Override
    public int sign() {
        return -1;
    }
}
