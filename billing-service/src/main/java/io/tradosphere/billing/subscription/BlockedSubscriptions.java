package io.tradosphere.billing.subscription;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.sync.StripeTasks;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Ends the subscriptions of those whom a creator blocks. A block and a payment may meet: both take the subscription's lock, so
 * the later one sees the other.
 */
@ApplicationScoped
public class BlockedSubscriptions {

    private static final String IS_BLOCKED = """
            SELECT FROM blocks WHERE blocker_id = $1 AND blocked_id = $2 AND is_blocking
            """;
    private static final String LIVE = """
            SELECT s.stripe_subscription_id FROM subscriptions s
            JOIN blocks b ON b.blocker_id = s.creator_id AND b.blocked_id = s.subscriber_id
            WHERE s.id = ANY($1::uuid[]) AND b.is_blocking AND s.status <> 'cancelled' AND s.stripe_subscription_id IS NOT NULL
            ORDER BY s.id
            """;

    private final StripeTasks tasks;

    BlockedSubscriptions(StripeTasks tasks) {
        this.tasks = tasks;
    }

    /** Requests the end of the live subscriptions between these pairs, with this transaction that has stored the blocks. */
    public Uni<Void> end(Tx tx, List<Blocked> blocks) {
        if (blocks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] ids = blocks.stream()
                .map(block -> SubscriptionIds.of(
                        block.blockedId(), block.blockedIncarnation(), block.blockerId(), block.blockerIncarnation()))
                .sorted()
                .toArray(UUID[]::new);
        return Multi.createFrom()
                .items(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> tx.execute(CreatorSubscriptions.LOCK, id))
                .collect()
                .asList()
                .chain(() -> tx.execute(LIVE, (Object) ids))
                .map(rows -> Rows.list(rows, row -> row.getString("stripe_subscription_id")))
                .chain(live -> Multi.createFrom()
                        .iterable(live)
                        .onItem()
                        .transformToUniAndConcatenate(this.request(tx))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    /** Requests the end of a subscription that was paid although its creator has blocked its subscriber. */
    Uni<Void> endIfBlocked(Tx tx, StoredSubscription row, Standing standing) {
        return standing.isLive()
                ? tx.execute(IS_BLOCKED, row.creatorId(), row.subscriberId())
                        .chain(blocked -> blocked.size() == 0
                                ? Uni.createFrom().voidItem()
                                : request(tx).apply(standing.stripeId()))
                : Uni.createFrom().voidItem();
    }

    private java.util.function.Function<String, Uni<? extends Void>> request(Tx tx) {
        return subscription -> tasks.request(tx, EndBlockedSubscription.KIND, subscription, null);
    }
}
