package io.tradosphere.messaging.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Relations;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The replica of blocks: who may write to whom. */
@ApplicationScoped
class BlockReplica implements Replica<BlockEvent> {

    static final String PURPOSE = "blocks";

    private static final PairTable<BlockEvent> TABLE = Relations.blocks().build();

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.BLOCKS);
    }

    @Override
    public PairTable<BlockEvent> table() {
        return TABLE;
    }
}
