package io.tradosphere.billing.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.subscription.BlockedSubscriptions;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Relations;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The replica of blocks. A creator's block also ends the subscription of the blocked, at Stripe. */
@ApplicationScoped
class BlockReplica implements Replica<BlockEvent> {

    static final String PURPOSE = "blocks";

    private static final PairTable<BlockEvent> TABLE = Relations.blocks().build();

    private final BlockedSubscriptions subscriptions;

    BlockReplica(BlockedSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

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

    @Override
    public Uni<Void> afterChange(Tx tx, List<Delivery<BlockEvent>> latest) {
        return subscriptions.end(
                tx,
                latest.stream()
                        .map(Delivery::event)
                        .filter(Blocked.class::isInstance)
                        .map(Blocked.class::cast)
                        .toList());
    }
}
