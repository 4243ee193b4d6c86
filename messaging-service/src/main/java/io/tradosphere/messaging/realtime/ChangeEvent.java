package io.tradosphere.messaging.realtime;

import io.tradosphere.messaging.message.MessageView;
import io.tradosphere.messaging.notification.NotificationView;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A change that a stream tells its person of.
 *
 * @param number the number of the change, which grows for each person: the {@code id} of the server-sent event
 * @param name the {@code event} field
 * @param data what is sent as JSON
 */
record ChangeEvent(long number, String name, Object data) {

    /**
     * How far a person has read a conversation.
     *
     * @param readerId who read; the stream's person or the peer
     * @param upTo the newest message read
     */
    record Receipt(UUID conversationId, UUID readerId, UUID upTo, Instant readAt) {}

    /**
     * What is gone.
     *
     * @param id the message or notification
     * @param conversationId the message's conversation; null for a notification
     */
    record Removal(UUID id, UUID conversationId) {}

    static ChangeEvent message(Row row) {
        return new ChangeEvent(row.getLong("change"), "message", MessageView.of(row));
    }

    static ChangeEvent receipt(Row row) {
        return new ChangeEvent(
                row.getLong("change"),
                "receipt",
                new Receipt(
                        row.getUUID("conversation_id"),
                        row.getUUID("reader_id"),
                        row.getUUID("message_id"),
                        Rows.instant(row, "read_at")));
    }

    static ChangeEvent removal(Row row) {
        UUID conversation = row.getUUID("conversation_id");
        return new ChangeEvent(
                row.getLong("change"),
                conversation == null ? "notification-removed" : "message-deleted",
                new Removal(row.getUUID("item_id"), conversation));
    }

    static ChangeEvent notification(Row row) {
        return new ChangeEvent(row.getLong("change"), "notification", NotificationView.of(row));
    }
}
