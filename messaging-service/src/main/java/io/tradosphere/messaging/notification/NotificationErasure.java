package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.Notified;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The erasure of a person's notifications, and of the person from those of others. */
@ApplicationScoped
class NotificationErasure implements FeatureErasure {

    private static final SqlFile SQL = SqlFile.of(NotificationErasure.class);

    private static final int BATCH_SIZE = 1_000;

    private static final String LOCK_MAILBOX = "SELECT lock_mailboxes(ARRAY[$1::uuid])";
    private static final String OWN = """
            DELETE FROM notifications WHERE id IN (
              SELECT id FROM notifications WHERE user_id = $1 AND created_at < %s LIMIT $3)
            """.formatted(ErasureStep.END_OF_LIFE);

    /** Consumers lock mailboxes before causes and notifications. */
    private static final String LOCK_NOTIFIED = """
            SELECT lock_mailboxes(ARRAY(SELECT user_id FROM (
              SELECT user_id FROM notification_causes WHERE actor_id = $1 AND created_at < %s ORDER BY user_id, cause LIMIT $3) AS notified))
            """.formatted(ErasureStep.END_OF_LIFE);
    /** What the person caused is taken out of others' notifications, read or not. */
    private static final String CAUSED = SQL.get("caused", Map.of("endOfLife", ErasureStep.END_OF_LIFE));

    private static final String FAN_OUTS =
            "DELETE FROM notification_fanouts WHERE actor_id = $1 AND actor_incarnation <= $2";

    /** The fan-out begins again, and notifies nobody twice. */
    private static final String PROGRESS =
            "UPDATE notification_fanouts SET notified_until = NULL WHERE notified_until = $1";

    @Override
    public int order() {
        return 3;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                ErasureStep.by((tx, person, incarnation) ->
                        tx.execute(NotificationWriter.LOCK_EXCLUSIVE).replaceWith(false)),
                ErasureStep.by(NotificationErasure::eraseOwn).covering("notifications.user_id"),
                PersonalRows.byTime("notification_causes", "user_id, cause", "user_id")
                        .delete(BATCH_SIZE),
                ErasureStep.by(NotificationErasure::eraseCaused)
                        .covering("notification_causes.actor_id", "notifications.actor_id"),
                ErasureStep.atOnce(FAN_OUTS)
                        .covering("notification_fanouts.actor_id", "notification_fanouts.audience_id"),
                ErasureStep.by((tx, person, incarnation) ->
                                tx.execute(PROGRESS, person).replaceWith(false))
                        .covering("notification_fanouts.notified_until"),
                PersonalRows.byIncarnation("participants", "participant_id", "profile_id", "incarnation")
                        .delete(BATCH_SIZE),
                PersonalRows.byTime("notification_preferences", "user_id, type", "user_id")
                        .delete(BATCH_SIZE));
    }

    private static Uni<Boolean> eraseOwn(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK_MAILBOX, person)
                .chain(() -> tx.execute(OWN, person, incarnation, BATCH_SIZE))
                .map(erased -> erased.rowCount() > 0);
    }

    private static Uni<Boolean> eraseCaused(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK_NOTIFIED, person, incarnation, BATCH_SIZE)
                .chain(() -> tx.execute(CAUSED, person, incarnation, BATCH_SIZE))
                .chain(gone -> {
                    List<Notified> events = Rows.list(gone, row -> row).stream()
                            .filter(row -> row.getUUID("recipient_id") != null)
                            .map(row -> new Notified(
                                    null,
                                    row.getUUID("recipient_id"),
                                    row.getLong("recipient_incarnation"),
                                    Rows.instant(row, "notified_at")))
                            .toList();
                    return tx.publish(events).replaceWith(gone.rowCount() > 0);
                });
    }
}
