package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.EngagementEvent;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.contracts.signal.SignalViewed;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * An event consumer that updates likeCount, commentCount and viewCount. It runs one UPDATE for each signal and batch: a
 * thousand likes write the row once. Events of a deleted signal change nothing.
 */
@ApplicationScoped
class EngagementCounts implements TransactionalConsumer<EngagementEvent> {

    static final String PURPOSE = "engagement-counts";

    static final Set<Topic> TOPICS = Set.of(Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT);

    /**
     * Rows are locked in key order, so two replicas cannot deadlock. Reactions and comments do not wait for this lock.
     */
    private static final String COUNT = """
            WITH locked AS MATERIALIZED (
              SELECT s.id, sum.likes, sum.comments, sum.views
              FROM signals s JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
                AS sum(signal_id, likes, comments, views) ON sum.signal_id = s.id
              ORDER BY s.id FOR NO KEY UPDATE OF s
            )
            UPDATE signals s SET like_count = s.like_count + locked.likes, comment_count = s.comment_count + locked.comments,
              view_count = s.view_count + locked.views
            FROM locked WHERE s.id = locked.id
            """;

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return TOPICS;
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<EngagementEvent> batch) {
        Map<UUID, Sum> sums = new HashMap<>();
        batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .map(Delivery::event)
                .forEach(event -> sums.merge(event.signalId(), Sum.of(event), Sum::plus));
        List<Map.Entry<UUID, Sum>> moved =
                sums.entrySet().stream().filter(sum -> sum.getValue().moves()).toList();
        if (moved.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(
                        COUNT,
                        moved.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        column(moved, Sum::likes),
                        column(moved, Sum::comments),
                        column(moved, Sum::views))
                .replaceWithVoid();
    }

    private static Long[] column(List<Map.Entry<UUID, Sum>> moved, ToLongFunction<Sum> value) {
        return moved.stream().map(sum -> value.applyAsLong(sum.getValue())).toArray(Long[]::new);
    }

    /** The change of a signal's counters. */
    private record Sum(long likes, long comments, long views) {

        static Sum of(EngagementEvent event) {
            long likes =
                    event instanceof SignalReacted reacted ? reacted.sign() : event instanceof ReactionRemoved ? -1 : 0;
            long comments = event instanceof SignalCommented ? 1 : event instanceof CommentRemoved ? -1 : 0;
            long views = event instanceof SignalViewed viewed ? viewed.count() : 0;
            return new Sum(likes, comments, views);
        }

        Sum plus(Sum other) {
            return new Sum(likes + other.likes, comments + other.comments, views + other.views);
        }

        boolean moves() {
            return likes != 0 || comments != 0 || views != 0;
        }
    }
}
