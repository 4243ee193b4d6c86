package io.tradosphere.messaging.message;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.MessageDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The erasure of what a person wrote, with receipts. What others wrote to them stays with its writers, without the
 * person.
 */
@ApplicationScoped
class MessageErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    /** Triggers of the table update the conversation and tell the other party. */
    private static final String MESSAGES = """
            WITH erased AS (
              DELETE FROM messages WHERE id = ANY (ARRAY(
                SELECT id FROM messages WHERE sender_id = $1 AND sent_at < %s ORDER BY sent_at, id LIMIT $3 FOR UPDATE))
              RETURNING id, recipient_id
            )
            SELECT e.id, p.id AS recipient_id, p.incarnation AS recipient_incarnation, now() AS deleted_at
            FROM erased e LEFT JOIN profiles p ON p.id = e.recipient_id
            """.formatted(ErasureStep.END_OF_LIFE);

    private static final String RECEIVED = """
            UPDATE messages SET recipient_id = NULL WHERE id = ANY (ARRAY(
              SELECT id FROM messages WHERE recipient_id = $1 AND sent_at < %s ORDER BY sent_at, id LIMIT $3 FOR UPDATE))
            """.formatted(ErasureStep.END_OF_LIFE);

    /** A conversation that has gone on in a later incarnation stays that person's. */
    private static final String CONVERSATIONS = """
            UPDATE conversations SET
              low_id = nullif(low_id, $1), low_unread = CASE WHEN low_id = $1 THEN 0 ELSE low_unread END,
              high_id = nullif(high_id, $1), high_unread = CASE WHEN high_id = $1 THEN 0 ELSE high_unread END
            WHERE id IN (
              SELECT c.id FROM (
                SELECT id FROM conversations WHERE low_id = $1 UNION ALL SELECT id FROM conversations WHERE high_id = $1) AS c
              WHERE NOT EXISTS (SELECT FROM messages m
                WHERE m.conversation_id = c.id AND m.sent_at >= %s AND $1 IN (m.sender_id, m.recipient_id))
              ORDER BY c.id LIMIT $3)
            """.formatted(ErasureStep.END_OF_LIFE);

    private static final String RECEIPTS = """
            DELETE FROM receipts WHERE (conversation_id, reader_id) IN (
              (SELECT conversation_id, reader_id FROM receipts WHERE reader_id = $1 AND read_at < %1$s LIMIT $3)
              UNION ALL
              (SELECT conversation_id, reader_id FROM receipts WHERE sender_id = $1 AND read_at < %1$s LIMIT $3))
            """.formatted(ErasureStep.END_OF_LIFE);

    /** A person with a later incarnation keeps the row: it may be that one's already. */
    private static final String RATE = """
            DELETE FROM sending_rates
            WHERE user_id = $1 AND NOT EXISTS (SELECT FROM profiles WHERE id = $1 AND incarnation > $2)
            """;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                ErasureStep.by(MessageErasure::eraseMessages).covering("messages.sender_id"),
                ErasureStep.of(RECEIVED, BATCH_SIZE).covering("messages.recipient_id"),
                ErasureStep.of(CONVERSATIONS, BATCH_SIZE).covering("conversations.low_id", "conversations.high_id"),
                ErasureStep.of(RECEIPTS, BATCH_SIZE).covering("receipts.reader_id", "receipts.sender_id"),
                ErasureStep.atOnce(RATE).covering("sending_rates.user_id"));
    }

    /** Tells the other party of each message, if that one still exists. */
    private static Uni<Boolean> eraseMessages(Tx tx, UUID person, long incarnation) {
        return tx.execute(MESSAGES, person, incarnation, BATCH_SIZE).chain(erased -> {
            List<MessageDeleted> events = Rows.list(erased, row -> row).stream()
                    .filter(row -> row.getUUID("recipient_id") != null)
                    .map(MessageErasure::event)
                    .toList();
            return tx.publish(events).replaceWith(erased.rowCount() > 0);
        });
    }

    private static MessageDeleted event(Row row) {
        return new MessageDeleted(
                row.getUUID("id"),
                row.getUUID("recipient_id"),
                row.getLong("recipient_incarnation"),
                Rows.instant(row, "deleted_at"));
    }
}
