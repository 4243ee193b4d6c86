package io.tradosphere.platform.replica;

import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.FollowEvent;

/** The declarations of the tables of follows and blocks, the same in every slice that has a replica of them. */
public final class Relations {

    private Relations() {}

    /** The table {@code follows}. */
    public static PairTable.Builder<FollowEvent> follows() {
        return PairTable.<FollowEvent>of("follows")
                .one("follower", FollowEvent::followerId, FollowEvent::followerIncarnation)
                .other("following", FollowEvent::followingId, FollowEvent::followingIncarnation)
                .active("is_following", event -> event.sign() > 0);
    }

    /** The table {@code blocks}. */
    public static PairTable.Builder<BlockEvent> blocks() {
        return PairTable.<BlockEvent>of("blocks")
                .one("blocker", BlockEvent::blockerId, BlockEvent::blockerIncarnation)
                .other("blocked", BlockEvent::blockedId, BlockEvent::blockedIncarnation)
                .active("is_blocking", Blocked.class::isInstance);
    }
}
