package io.tradosphere.profile.stats;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.tradosphere.profile.achievement.Awards;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An event consumer that maintains {@code followerCount}. */
@ApplicationScoped
class FollowerCounts implements TransactionalConsumer<FollowEvent> {

    static final String PURPOSE = "follower-counts";

    static final CountedPairs FOLLOWS =
            new CountedPairs("follow_edges", "follower", "following", "follower_count", true);

    private final Awards awards;
    private final Ranking ranking;

    FollowerCounts(Awards awards, Ranking ranking) {
        this.awards = awards;
        this.ranking = ranking;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FOLLOWS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<FollowEvent> batch) {
        // A tombstone only allows compaction to drop the unfollow before it.
        List<Delivery<FollowEvent>> events = batch.latestEventPerKey();
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return FOLLOWS.apply(
                        tx,
                        column(events, FollowEvent::followerId, UUID[]::new),
                        column(events, FollowEvent::followingId, UUID[]::new),
                        column(events, FollowEvent::followerIncarnation, Long[]::new),
                        column(events, FollowEvent::followingIncarnation, Long[]::new),
                        column(events, event -> event.sign() > 0, Boolean[]::new),
                        sequences(events))
                .chain(changed -> changed.length == 0
                        ? Uni.createFrom().voidItem()
                        : Uni.join()
                                .all(ranking.markDue(tx, changed), awards.evaluate(tx, changed))
                                .andFailFast()
                                .replaceWithVoid());
    }
}
