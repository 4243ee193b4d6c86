package io.tradosphere.messaging.notification;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.Notified;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Writes notifications from causes, in a consumer's or a job's transaction. A cause counts once, however often its event
 * is applied. Unread causes of one type and subject are one notification.
 */
@ApplicationScoped
class NotificationWriter {

    private static final SqlFile SQL = SqlFile.of(NotificationWriter.class);

    /** Waits for running transactions with {@link #LOCK_SHARED}, and blocks new ones until its own transaction ends. */
    static final String LOCK_EXCLUSIVE = "SELECT auth.lock('notifications')";

    /**
     * Held to its end by every transaction that writes what events say of people. Erasure first records that the profile
     * is erased, and then waits for those in flight. Later ones see the record.
     */
    static final String LOCK_SHARED = "SELECT auth.lock_shared('notifications')";

    /** Leaves out ended incarnations, and says whose actor the person has blocked. */
    private static final String VALID = """
            SELECT cause.position, cause.is_active AND EXISTS (SELECT FROM blocks b
              WHERE b.blocker_id = cause.user_id AND b.blocked_id = cause.actor_id AND b.is_blocking) AS is_muted
            FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::boolean[]) WITH ORDINALITY
              AS cause (user_id, incarnation, actor_id, actor_incarnation, is_active, position)
            WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = cause.user_id AND p.incarnation > cause.incarnation)
              AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = cause.actor_id AND p.incarnation > cause.actor_incarnation)
              AND NOT EXISTS (SELECT FROM erased_profiles e
                WHERE e.pseudonym = auth.pseudonym(cause.user_id) AND e.incarnation >= cause.incarnation)
              AND NOT EXISTS (SELECT FROM erased_profiles e
                WHERE e.pseudonym = auth.pseudonym(cause.actor_id) AND e.incarnation >= cause.actor_incarnation)
            """;

    private static final String LOCK = "SELECT lock_mailboxes($1::uuid[])";

    private static final String RECORD = """
            INSERT INTO notification_causes AS known (user_id, cause, actor_id, is_active, sequence)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::bigint[])
              AS incoming (user_id, cause, actor_id, is_active, sequence)
            ORDER BY user_id, cause
            ON CONFLICT (user_id, cause) DO UPDATE SET is_active = EXCLUDED.is_active, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            RETURNING user_id, cause, notification_id IS NOT NULL AS is_notified
            """;

    private static final String NOTIFY = SQL.get("notify");

    /** What was read stays as it was. */
    private static final String RETRACT = SQL.get("retract");

    /** Applies causes, and publishes whose notifications changed. */
    Uni<Void> write(Tx tx, List<Cause> causes) {
        List<Cause> latest = latest(causes);
        if (latest.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.execute(LOCK_SHARED)
                .chain(() -> valid(tx, latest))
                .chain(valid -> valid.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : writeValid(tx, List.copyOf(valid.keySet()), valid));
    }

    /** Of each cause the event with the highest sequence, in the order of the first events. */
    private static List<Cause> latest(List<Cause> causes) {
        Map<Key, Cause> latest = new LinkedHashMap<>();
        causes.stream()
                .filter(cause -> !cause.isOwn())
                .forEach(cause -> latest.merge(
                        Key.of(cause), cause, (known, other) -> other.sequence() > known.sequence() ? other : known));
        return List.copyOf(latest.values());
    }

    /** The causes that count, each with whether it notifies nobody. */
    private static Uni<Map<Cause, Boolean>> valid(Tx tx, List<Cause> causes) {
        return tx.execute(
                        VALID,
                        users(causes),
                        column(causes, Cause::incarnation, Long[]::new),
                        column(causes, Cause::actorId, UUID[]::new),
                        column(causes, Cause::actorIncarnation, Long[]::new),
                        column(causes, Cause::isActive, Boolean[]::new))
                .map(rows -> {
                    Map<Cause, Boolean> valid = new LinkedHashMap<>();
                    rows.forEach(row ->
                            valid.put(causes.get(row.getLong("position").intValue() - 1), row.getBoolean("is_muted")));
                    return valid;
                });
    }

    /**
     * A muted cause is recorded too: a replay after the end of the block finds it known, and notifies nobody either.
     *
     * @param muted whether a cause notifies nobody
     */
    private static Uni<Void> writeValid(Tx tx, List<Cause> causes, Map<Cause, Boolean> muted) {
        Map<Key, Cause> byKey = new HashMap<>();
        causes.forEach(cause -> byKey.put(Key.of(cause), cause));
        Map<UUID, Long> incarnations = new HashMap<>();
        causes.forEach(cause -> incarnations.merge(cause.userId(), cause.incarnation(), Math::max));
        return tx.execute(LOCK, (Object) users(causes))
                .chain(() -> tx.execute(
                        RECORD,
                        users(causes),
                        names(causes),
                        column(causes, Cause::actorId, UUID[]::new),
                        column(causes, Cause::isActive, Boolean[]::new),
                        column(causes, Cause::sequence, Long[]::new)))
                .chain(changed -> notify(
                                tx, select(changed, byKey, cause -> cause.isActive() && !muted.get(cause), false))
                        .chain(written -> retract(tx, select(changed, byKey, cause -> !cause.isActive(), true))
                                .map(retracted -> {
                                    List<Row> all = new ArrayList<>(written);
                                    all.addAll(retracted);
                                    return all;
                                })))
                .chain(rows -> tx.publish(events(rows, incarnations)));
    }

    /** The changed causes that match, by whether they had a notification. In the order of their events. */
    private static List<Cause> select(
            RowSet<Row> changed, Map<Key, Cause> byKey, Predicate<Cause> matches, boolean isNotified) {
        return Rows.list(changed, row -> row).stream()
                .filter(row -> row.getBoolean("is_notified") == isNotified)
                .map(row -> byKey.get(new Key(row.getUUID("user_id"), row.getString("cause"))))
                .filter(matches)
                .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                .toList();
    }

    private static Uni<List<Row>> notify(Tx tx, List<Cause> due) {
        if (due.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.execute(
                        NOTIFY,
                        users(due),
                        names(due),
                        column(due, cause -> cause.type().text(), String[]::new),
                        column(due, Cause::subject, String[]::new),
                        column(due, Cause::title, String[]::new),
                        column(due, NotificationWriter::data, String[]::new),
                        column(due, Cause::actorId, UUID[]::new))
                .map(rows -> Rows.list(rows, row -> row));
    }

    private static Uni<List<Row>> retract(Tx tx, List<Cause> undone) {
        if (undone.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.execute(RETRACT, users(undone), names(undone)).map(rows -> Rows.list(rows, row -> row));
    }

    private static List<Notified> events(List<Row> rows, Map<UUID, Long> incarnations) {
        Instant now = Instant.now();
        return rows.stream()
                .map(row -> new Notified(
                        row.getUUID("id"), row.getUUID("user_id"), incarnations.get(row.getUUID("user_id")), now))
                .toList();
    }

    private static UUID[] users(Collection<Cause> causes) {
        return column(causes, Cause::userId, UUID[]::new);
    }

    private static String[] names(Collection<Cause> causes) {
        return column(causes, Cause::name, String[]::new);
    }

    private static String data(Cause cause) {
        return cause.data().isEmpty() ? null : new JsonObject(new HashMap<>(cause.data())).encode();
    }

    /** A cause's identity. */
    private record Key(UUID userId, String cause) {
        static Key of(Cause cause) {
            return new Key(cause.userId(), cause.name());
        }
    }
}
