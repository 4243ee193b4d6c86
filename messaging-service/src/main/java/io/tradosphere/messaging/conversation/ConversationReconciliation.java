package io.tradosphere.messaging.conversation;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of conversations' last messages and unread counts with the messages. */
@ApplicationScoped
class ConversationReconciliation implements Reconciled {

    /** Nobody reads the count of an erased person. */
    private static final String COMPARE = """
            SELECT c.id,
              jsonb_build_object('last_message_id', newest.id, 'last_sent_at', newest.sent_at,
                'low_unread', CASE WHEN c.low_id IS NULL THEN c.low_unread ELSE unread.low END,
                'high_unread', CASE WHEN c.high_id IS NULL THEN c.high_unread ELSE unread.high END) AS expected,
              jsonb_build_object('last_message_id', c.last_message_id, 'last_sent_at', c.last_sent_at,
                'low_unread', c.low_unread, 'high_unread', c.high_unread) AS actual
            FROM conversations c CROSS JOIN LATERAL (
              SELECT m.id, m.sent_at FROM messages m WHERE m.conversation_id = c.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1
            ) AS newest CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE m.recipient_id = c.low_id) AS low, count(*) FILTER (WHERE m.recipient_id = c.high_id) AS high
              FROM messages m WHERE m.conversation_id = c.id AND m.read_at IS NULL
            ) AS unread
            WHERE {c.id}
            """;

    private static final String LOCK = "SELECT FROM conversations WHERE {id} ORDER BY id FOR UPDATE";
    private static final String RESTORE = """
            UPDATE conversations c SET last_message_id = (correct.expected ->> 'last_message_id')::uuid,
              last_sent_at = (correct.expected ->> 'last_sent_at')::timestamptz,
              low_unread = (correct.expected ->> 'low_unread')::bigint, high_unread = (correct.expected ->> 'high_unread')::bigint
            FROM (%s) AS correct WHERE correct.id = c.id
            """.formatted(COMPARE);

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "conversations.last_message_id, last_sent_at, low_unread, high_unread",
                Set.of(
                        "conversations.last_message_id",
                        "conversations.last_sent_at",
                        "conversations.low_unread",
                        "conversations.high_unread"),
                COMPARE,
                List.of(LOCK),
                List.of(RESTORE)));
    }
}
