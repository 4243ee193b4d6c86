package io.tradosphere.messaging.conversation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.MessagesRead;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.messaging.message.MessageView;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.tradosphere.platform.profiles.Profiles;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Lists conversations and their messages, and marks messages as read. */
@ApplicationScoped
class Conversations {

    /** Each half is a range of one index, whatever the size of the inbox. */
    static final String LIST = """
            WITH page AS (
              (SELECT id, high_id AS peer_id, last_message_id, last_sent_at, low_unread AS unread_count FROM conversations
               WHERE low_id = $1
                 AND (last_sent_at, id) < ($2, $3)
               ORDER BY last_sent_at DESC, id DESC LIMIT $4)
              UNION ALL
              (SELECT id, low_id, last_message_id, last_sent_at, high_unread FROM conversations
               WHERE high_id = $1
                 AND (last_sent_at, id) < ($2, $3)
               ORDER BY last_sent_at DESC, id DESC LIMIT $4)
              ORDER BY last_sent_at DESC, id DESC LIMIT $4
            )
            SELECT page.id, page.last_sent_at, page.unread_count,
            """ + ProfileSummary.COLUMNS + ", " + MessageView.COLUMNS + """
             FROM page LEFT JOIN profiles p ON p.id = page.peer_id LEFT JOIN messages m ON m.id = page.last_message_id
            ORDER BY page.last_sent_at DESC, page.id DESC
            """;

    /** The caller's conversation with a person, or of an id. */
    private static final String CONVERSATION = """
            (SELECT id FROM conversations WHERE low_id = least($1::uuid, $2::uuid) AND high_id = greatest($1, $2)
             UNION ALL SELECT id FROM conversations WHERE id = $2 LIMIT 1)
            """;

    private static final String MESSAGES = "SELECT " + MessageView.COLUMNS + """
             FROM messages m
            WHERE m.conversation_id =
            """ + CONVERSATION + """
              AND (m.sent_at, m.id) < ($3, $4)
            ORDER BY m.sent_at DESC, m.id DESC LIMIT $5
            """;

    private static final String SENT_AT = "SELECT sent_at FROM messages WHERE id = $1 AND conversation_id = $2";

    /** Rows are locked in the order in which every transaction locks several messages. */
    private static final String READ = """
            WITH unread AS MATERIALIZED (
              SELECT id FROM messages
              WHERE conversation_id = $1 AND recipient_id = $2 AND read_at IS NULL AND sent_at <= coalesce($3, 'infinity'::timestamptz)
              ORDER BY sent_at, id FOR UPDATE
            ), marked AS (
              UPDATE messages m SET read_at = now() FROM unread WHERE m.id = unread.id
              RETURNING m.id, m.sender_id, m.recipient_id, m.sent_at, m.read_at
            )
            SELECT m.id, m.sender_id, m.read_at, sender.incarnation AS sender_incarnation, reader.incarnation AS reader_incarnation
            FROM marked m JOIN profiles sender ON sender.id = m.sender_id JOIN profiles reader ON reader.id = m.recipient_id
            ORDER BY m.sent_at DESC LIMIT 1
            """;

    private final SliceDatabase slice;
    private final Profiles profiles;

    Conversations(SliceDatabase slice, Profiles profiles) {
        this.slice = slice;
        this.profiles = profiles;
    }

    /** The caller's conversations, those with the newest messages first. */
    Uni<Page<ConversationView>> list(Caller caller, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.read(caller, LIST, caller.id(), from.key(), from.id(), page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, ConversationView::of), last -> Cursor.after(last.lastSentAt(), last.id())));
    }

    /**
     * The messages of the caller's conversation, newest first; none with a person of no conversation yet.
     *
     * @param peer the other person's id, or the conversation's
     * @throws Problem {@code unknown-profile} (404) when it is neither
     */
    Uni<Page<MessageView>> messages(Caller caller, UUID peer, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.read(caller, MESSAGES, caller.id(), peer, from.key(), from.id(), page.rows())
                .map(rows -> Rows.list(rows, MessageView::of))
                // A conversation that exists has a message, so only an empty first page needs the check.
                .call(found -> found.isEmpty() && page.isFirst()
                        ? profiles.require(peer)
                        : Uni.createFrom().voidItem())
                .map(found -> page.page(found, last -> Cursor.after(last.sentAt(), last.id())));
    }

    /**
     * Marks what the other person wrote to the caller as read. What is read already stays as it is.
     *
     * @param peer the other person's id, or the conversation's
     * @throws Problem {@code not-found} (404) without such a conversation, or without that message in it
     */
    Uni<Void> read(Caller caller, UUID peer, ReadMark mark) {
        return slice.write(
                caller,
                tx -> tx.execute("SELECT " + CONVERSATION + " AS id", caller.id(), peer)
                        .map(rows -> rows.iterator().next().getUUID("id"))
                        .invoke(conversation -> {
                            if (conversation == null) {
                                throw ProblemKind.NOT_FOUND.because(
                                        "You have no conversation of this id, or with this person.");
                            }
                        })
                        .chain(conversation -> sentAt(tx, conversation, mark.upTo())
                                .chain(upTo -> tx.execute(READ, conversation, caller.id(), upTo)))
                        .chain(marked -> Rows.first(marked, row -> tx.publish(event(row, caller)))
                                .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    private static Uni<OffsetDateTime> sentAt(Tx tx, UUID conversation, UUID message) {
        if (message == null) {
            return Uni.createFrom().nullItem();
        }
        return tx.execute(SENT_AT, message, conversation)
                .map(rows -> Rows.first(rows, row -> row.getOffsetDateTime("sent_at"))
                        .orElseThrow(() -> ProblemKind.NOT_FOUND.because(
                                "The conversation has no message of the id in upTo; leave it out to mark all.")));
    }

    private static MessagesRead event(Row row, Caller reader) {
        return new MessagesRead(
                row.getUUID("id"),
                row.getUUID("sender_id"),
                row.getLong("sender_incarnation"),
                reader.id(),
                row.getLong("reader_incarnation"),
                Rows.instant(row, "read_at"));
    }
}
