package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** A consumer of the events that concern one person or a few. Of each cause the event with the highest sequence counts. */
@ApplicationScoped
class CauseConsumer implements TransactionalConsumer<Event> {

    private static final Set<Topic> TOPICS = Set.of(
            Topic.FOLLOWS,
            Topic.ENGAGEMENT,
            Topic.SUBSCRIBER_ENGAGEMENT,
            Topic.SIGNALS,
            Topic.ACHIEVEMENTS,
            Topic.PROFILES,
            Topic.SUBSCRIPTIONS,
            Topic.LEGENDS_POOL,
            Topic.PAYOUTS,
            Topic.CLAN_INVITATIONS,
            Topic.WATCHLIST_INVITATIONS);

    private final NotificationWriter notifications;

    CauseConsumer(NotificationWriter notifications) {
        this.notifications = notifications;
    }

    @Override
    public String purpose() {
        return "notifications";
    }

    @Override
    public Set<Topic> topics() {
        return TOPICS;
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<Event> batch) {
        List<Cause> causes = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .flatMap(delivery -> Causes.of(delivery.event(), delivery.sequence()).stream())
                .toList();
        return notifications.write(tx, causes);
    }
}
