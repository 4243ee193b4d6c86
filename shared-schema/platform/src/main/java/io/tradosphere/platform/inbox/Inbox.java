package io.tradosphere.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Tx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An inbox: the ids of the events that a consumer group has applied. */
final class Inbox<E extends Event> {

    private static final String RECORD = """
            INSERT INTO inbox (consumer_group, event_id, keep_until)
            SELECT $1, id, now() + $3 * INTERVAL '1 second' FROM (SELECT DISTINCT unnest($2::uuid[]) AS id) AS read
            ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;
    /** How long an id is kept beyond its topic's retention: Kafka deletes segments late, never early. */
    private static final Duration MARGIN = Duration.ofDays(14);

    private final String group;

    Inbox(String group) {
        this.group = group;
    }

    /** Stores the batch's ids in the consumer's transaction, and returns the deliveries that are new. */
    Uni<Batch<E>> unseen(Tx tx, Batch<E> batch) {
        UUID[] ids = batch.deliveries().stream().map(Delivery::eventId).toArray(UUID[]::new);
        double keepSeconds = batch.deliveries().stream()
                .map(delivery -> delivery.topic().retention().keepFor().plus(MARGIN))
                .mapToLong(Duration::toSeconds)
                .max()
                .orElseThrow();
        return tx.execute(RECORD, group, ids, keepSeconds).map(rows -> {
            Set<UUID> unseen = new HashSet<>();
            rows.forEach(row -> unseen.add(row.getUUID(0)));
            // remove(), not contains(): an event that occurs twice in the batch is applied once.
            List<Delivery<E>> fresh = batch.deliveries().stream()
                    .filter(delivery -> unseen.remove(delivery.eventId()))
                    .toList();
            return new Batch<>(fresh);
        });
    }
}
