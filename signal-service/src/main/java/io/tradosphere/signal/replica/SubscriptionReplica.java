package io.tradosphere.signal.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Function;

/**
 * The replica of subscriptions: until when who has access to a creator's signals for subscribers. Nothing derives from it, since
 * access ends by the clock and without an event.
 */
@ApplicationScoped
class SubscriptionReplica implements Replica<SubscriptionEvent> {

    static final String PURPOSE = "subscriptions";

    private static final PairTable<SubscriptionEvent> TABLE = PairTable.<SubscriptionEvent>of("subscriptions")
            .one("subscriber", of(SubscriptionState::subscriberId), of(SubscriptionState::subscriberIncarnation))
            .other("creator", of(SubscriptionState::creatorId), of(SubscriptionState::creatorIncarnation))
            .active("is_active", event -> event.subscription().status() != SubscriptionStatus.CANCELLED)
            .time("access_until", SubscriptionReplica::accessUntil)
            .onEnd("access_until = '-infinity'")
            .keptWhile("access_until > now()")
            .build();

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.SUBSCRIPTIONS);
    }

    @Override
    public PairTable<SubscriptionEvent> table() {
        return TABLE;
    }

    /** An unknown end gives no access. */
    private static OffsetDateTime accessUntil(SubscriptionEvent event) {
        Instant until = event.subscription().accessUntil();
        return (until == null ? Instant.EPOCH : until).atOffset(ZoneOffset.UTC);
    }

    private static <T> Function<SubscriptionEvent, T> of(Function<SubscriptionState, T> field) {
        return event -> field.apply(event.subscription());
    }
}
