package io.tradosphere.profile.stats;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.tradosphere.profile.achievement.Awards;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** An event consumer that maintains {@code subscriberCount}: the active subscriptions of a creator. */
@ApplicationScoped
class SubscriberCounts implements TransactionalConsumer<SubscriptionEvent> {

    static final String PURPOSE = "subscriber-counts";

    static final CountedPairs SUBSCRIPTIONS =
            new CountedPairs("subscription_edges", "subscriber", "creator", "subscriber_count", false);

    private final Awards awards;

    private record Pair(UUID subscriber, UUID creator) {}

    SubscriberCounts(Awards awards) {
        this.awards = awards;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SUBSCRIPTIONS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<SubscriptionEvent> batch) {
        List<Delivery<SubscriptionEvent>> events = latestPerPair(batch);
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return SUBSCRIPTIONS
                .apply(
                        tx,
                        column(events, of(SubscriptionState::subscriberId), UUID[]::new),
                        column(events, of(SubscriptionState::creatorId), UUID[]::new),
                        column(events, of(SubscriptionState::subscriberIncarnation), Long[]::new),
                        column(events, of(SubscriptionState::creatorIncarnation), Long[]::new),
                        column(
                                events,
                                event -> event.subscription().status() == SubscriptionStatus.ACTIVE,
                                Boolean[]::new),
                        sequences(events))
                .chain(changed -> changed.length == 0 ? Uni.createFrom().voidItem() : awards.evaluate(tx, changed));
    }

    /** A pair whose person came back has another subscription, with a key of its own and a higher sequence. */
    private static List<Delivery<SubscriptionEvent>> latestPerPair(Batch<SubscriptionEvent> batch) {
        Map<Pair, Delivery<SubscriptionEvent>> latest = new LinkedHashMap<>();
        batch.latestEventPerKey().stream()
                .sorted(Comparator.comparingLong(Delivery::sequence))
                .forEach(delivery -> latest.put(pair(delivery.event().subscription()), delivery));
        return new ArrayList<>(latest.values());
    }

    private static Pair pair(SubscriptionState state) {
        return new Pair(state.subscriberId(), state.creatorId());
    }

    private static <T> Function<SubscriptionEvent, T> of(Function<SubscriptionState, T> field) {
        return event -> field.apply(event.subscription());
    }
}
