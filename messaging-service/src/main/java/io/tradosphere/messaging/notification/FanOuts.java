package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.platform.replica.PairTable;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A scheduled job that writes notifications for many people, such as a creator's followers, in batches of one
 * transaction each. A batch and its progress are committed together, so nobody is left out or notified twice.
 */
@ApplicationScoped
class FanOuts implements ScheduledJob {

    private static final int BATCH_SIZE = 500;

    private static final String START = """
            INSERT INTO notification_fanouts (type, audience_id, subject, title, data, actor_id, actor_incarnation, sequence)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8)
            ON CONFLICT (type, subject) DO NOTHING
            """;

    /** Another instance may work at the next one meanwhile. */
    private static final String NEXT = """
            SELECT id, type, audience_id, subject, title, data::text AS data, actor_id, actor_incarnation, sequence, notified_until
            FROM notification_fanouts WHERE NOT is_done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String FOLLOWERS = """
            SELECT follower_id AS person, follower_incarnation AS incarnation FROM follows
            WHERE following_id = $1 AND is_following
              AND follower_id > coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid)
            ORDER BY follower_id LIMIT $3
            """;

    private static final String PARTICIPANTS = """
            SELECT profile_id AS person, max(incarnation) AS incarnation FROM participants
            WHERE competition_id = $1 AND takes_part
              AND profile_id > coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid)
            GROUP BY profile_id ORDER BY profile_id LIMIT $3
            """;

    private static final String PROGRESS =
            "UPDATE notification_fanouts SET notified_until = CASE WHEN NOT $3::boolean THEN $2::uuid END, is_done = $3 WHERE id = $1";

    private final SliceDatabase slice;
    private final NotificationWriter notifications;

    FanOuts(SliceDatabase slice, NotificationWriter notifications) {
        this.slice = slice;
        this.notifications = notifications;
    }

    /**
     * Starts a fan-out in a consumer's transaction. One of the same type and subject starts once.
     *
     * @param audience the creator whose followers, or the competition whose participants are notified
     * @param actor who caused it; null for nobody
     */
    static Uni<Void> start(
            Tx tx,
            NotificationType type,
            UUID audience,
            String subject,
            String title,
            Map<String, String> data,
            UUID actor,
            Long actorIncarnation,
            long sequence) {
        return tx.execute(
                        START,
                        type.text(),
                        audience,
                        subject,
                        Causes.shortened(title),
                        new JsonObject(new HashMap<>(data)).encode(),
                        actor,
                        actorIncarnation,
                        sequence)
                .replaceWithVoid();
    }

    @Override
    public String name() {
        return "notification fan-outs";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorkerInBatches(this::writeBatch);
    }

    private Uni<Boolean> writeBatch(Tx tx) {
        return tx.execute(NEXT)
                .chain(rows -> Rows.first(rows, fanOut -> writeBatch(tx, fanOut))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Boolean> writeBatch(Tx tx, Row fanOut) {
        UUID until = fanOut.getUUID("notified_until");
        // Waits for replica transactions in flight. Whoever is in none of them by now was not there at the start.
        Uni<Void> ready = until == null
                ? tx.execute(PairTable.LOCK_EXCLUSIVE)
                        .chain(() -> tx.execute(NotificationWriter.LOCK_EXCLUSIVE))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
        boolean isOfCompetition = NotificationType.COMPETITION_STARTED.text().equals(fanOut.getString("type"));
        return ready.chain(() -> tx.execute(
                        isOfCompetition ? PARTICIPANTS : FOLLOWERS, fanOut.getUUID("audience_id"), until, BATCH_SIZE))
                .map(rows -> Rows.list(rows, person -> cause(fanOut, person)))
                .call(causes -> notifications.write(tx, causes))
                .chain(causes -> tx.execute(
                        PROGRESS,
                        fanOut.getUUID("id"),
                        causes.isEmpty() ? null : causes.get(causes.size() - 1).userId(),
                        causes.size() < BATCH_SIZE))
                .replaceWith(true);
    }

    private static Cause cause(Row fanOut, Row person) {
        return new Cause(
                person.getUUID("person"),
                person.getLong("incarnation"),
                NotificationType.of(fanOut.getString("type")),
                fanOut.getString("subject"),
                fanOut.getString("subject"),
                fanOut.getUUID("actor_id"),
                fanOut.getLong("actor_incarnation"),
                fanOut.getString("title"),
                new JsonObject(fanOut.getString("data"))
                        .stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue())),
                true,
                fanOut.getLong("sequence"));
    }
}
