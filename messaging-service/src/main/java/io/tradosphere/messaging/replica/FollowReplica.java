package io.tradosphere.messaging.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Relations;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The replica of follows: whom to notify about a creator. */
@ApplicationScoped
class FollowReplica implements Replica<FollowEvent> {

    static final String PURPOSE = "follows";

    private static final PairTable<FollowEvent> TABLE = Relations.follows().build();

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FOLLOWS);
    }

    @Override
    public PairTable<FollowEvent> table() {
        return TABLE;
    }
}
