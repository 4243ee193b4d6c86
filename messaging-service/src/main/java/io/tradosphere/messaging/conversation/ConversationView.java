package io.tradosphere.messaging.conversation;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.messaging.message.MessageView;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A conversation as one of its two parties sees it.
 *
 * @param id the id of the conversation
 * @param peer the other person; null when that person was erased
 * @param lastMessage the newest message; null when it was deleted
 * @param lastSentAt when the newest message was sent; conversations are listed by it
 * @param unreadCount the number of messages that the caller has not read
 */
@Schema(name = "Conversation")
record ConversationView(
        UUID id,
        @Nullable ProfileSummary peer,
        @Nullable MessageView lastMessage,
        Instant lastSentAt,
        long unreadCount) {

    static ConversationView of(Row row) {
        return new ConversationView(
                row.getUUID("id"),
                row.getUUID("profile_id") == null ? null : ProfileSummary.of(row),
                row.getUUID("message_id") == null ? null : MessageView.of(row),
                Rows.instant(row, "last_sent_at"),
                row.getLong("unread_count"));
    }
}
