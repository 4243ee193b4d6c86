package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.streaming.StreamEvent;
import io.tradosphere.contracts.streaming.StreamStarted;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/** A consumer of streams: when a creator goes live, a fan-out to the followers starts. */
@ApplicationScoped
class StreamConsumer implements TransactionalConsumer<StreamEvent> {

    @Override
    public String purpose() {
        return "stream-notifications";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.STREAMS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.INBOX;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<StreamEvent> batch) {
        return Multi.createFrom()
                .iterable(batch.deliveries())
                .filter(delivery -> delivery.event() instanceof StreamStarted)
                .onItem()
                .transformToUniAndConcatenate(delivery -> start(tx, delivery))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> start(Tx tx, Delivery<StreamEvent> delivery) {
        StreamEvent started = delivery.event();
        String stream = started.streamId().toString();
        return FanOuts.start(
                tx,
                NotificationType.CREATOR_LIVE,
                started.creatorId(),
                stream,
                "A creator whom you follow is live",
                Map.of("streamId", stream),
                started.creatorId(),
                started.creatorIncarnation(),
                delivery.sequence());
    }
}
