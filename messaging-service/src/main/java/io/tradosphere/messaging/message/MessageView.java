package io.tradosphere.messaging.message;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message as its two parties see it.
 *
 * @param id the id of the message
 * @param conversationId the id of the conversation
 * @param senderId the profile that wrote it
 * @param recipientId whom it was written to; null when that person was erased
 * @param content the text, of 1 to 4000 characters
 * @param sentAt when it was sent
 * @param readAt when the recipient read it; null while unread
 */
@Schema(name = "Message")
public record MessageView(
        UUID id,
        UUID conversationId,
        UUID senderId,
        @Nullable UUID recipientId,
        String content,
        Instant sentAt,
        @Nullable Instant readAt) {

    /** The selected columns, of {@code messages m}. */
    public static final String COLUMNS =
            "m.id AS message_id, m.conversation_id, m.sender_id, m.recipient_id, m.content, m.sent_at, m.read_at";

    /** Maps a row with {@link #COLUMNS}. */
    public static MessageView of(Row row) {
        return new MessageView(
                row.getUUID("message_id"),
                row.getUUID("conversation_id"),
                row.getUUID("sender_id"),
                row.getUUID("recipient_id"),
                row.getString("content"),
                Rows.instant(row, "sent_at"),
                Rows.instant(row, "read_at"));
    }
}
