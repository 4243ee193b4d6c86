package io.tradosphere.contracts.social;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who follows whom; the latest event of a key says whether this pair does. */
public sealed interface FollowEvent extends Event permits Followed, Unfollowed {
    /** Who follows, or did. */
    UUID followerId();

    /** The incarnation of the follower's id. */
    long followerIncarnation();

    /** Who is followed, or was. */
    UUID followingId();

    /** The incarnation of the followed person's id. */
    long followingIncarnation();

    /** What it adds to the number of followers: 1 or -1. */
    int sign();

    @Override
    default String subject() {
        return key();
    }

    @Override
    default String key() {
        return followerId() + ":" + followingId();
    }
}
