package io.tradosphere.signal.replica;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Relations;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The replica of blocks. A block also ends the follows between the two that are older than it. */
@ApplicationScoped
class BlockReplica implements Replica<BlockEvent> {

    private static final SqlFile SQL = SqlFile.of(BlockReplica.class);

    static final String PURPOSE = "blocks";

    private static final PairTable<BlockEvent> TABLE = Relations.blocks().build();

    /**
     * Follows and blocks share one sequence: a follow with a higher sequence than the block's began after the block
     * ended. The row keeps its own sequence. So the unfollow event that arrives later still applies, and does not count
     * a second time.
     */
    private static final String END_FOLLOWS = SQL.get("end-follows");

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
    public Uni<Void> beforeChange(Tx tx, List<Delivery<BlockEvent>> latest) {
        return Creators.lock(
                tx,
                blocked(latest).stream()
                        .map(Delivery::event)
                        .flatMap(event -> Stream.of(event.blockerId(), event.blockedId()))
                        .toArray(UUID[]::new));
    }

    @Override
    public Uni<Void> afterChange(Tx tx, List<Delivery<BlockEvent>> latest) {
        List<Delivery<BlockEvent>> blocked = blocked(latest);
        return tx.execute(
                        END_FOLLOWS,
                        column(blocked, BlockEvent::blockerId, UUID[]::new),
                        column(blocked, BlockEvent::blockedId, UUID[]::new),
                        sequences(blocked))
                .replaceWithVoid();
    }

    private static List<Delivery<BlockEvent>> blocked(List<Delivery<BlockEvent>> latest) {
        return latest.stream()
                .filter(delivery -> delivery.event() instanceof Blocked)
                .toList();
    }
}
