package io.tradosphere.messaging.message;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.MessageDeleted;
import io.tradosphere.contracts.messaging.MessageSent;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Sends, finds and deletes messages. Triggers of the table keep the conversation, its counts and the numbers of changes. */
@ApplicationScoped
class Messages {

    private static final String PATH = "/v1/messages/";

    /** The permission is checked in the statement's own snapshot, as the table's policy checks it. */
    private static final String SEND = """
            WITH sent AS (
              INSERT INTO messages (sender_id, recipient_id, content)
              SELECT sender.id, recipient.id, $3 FROM profiles sender, profiles recipient
              WHERE sender.id = $1 AND recipient.id = $2 AND writing_refusal(recipient.id) IS NULL
              RETURNING id, conversation_id, sender_id, recipient_id, content, sent_at, read_at
            )
            SELECT sender.incarnation AS sender_incarnation, recipient.incarnation AS recipient_incarnation,
            """ + MessageView.COLUMNS + """
             FROM sent m JOIN profiles sender ON sender.id = m.sender_id JOIN profiles recipient ON recipient.id = m.recipient_id
            """;

    private static final String REFUSAL = """
            SELECT EXISTS (SELECT FROM profiles WHERE id = $1) AS sender_known,
                   EXISTS (SELECT FROM profiles WHERE id = $2) AS recipient_known, writing_refusal($2) AS refusal
            """;

    private static final String FIND = "SELECT " + MessageView.COLUMNS + " FROM messages m WHERE m.id = $1";

    private static final String DELETE = """
            WITH deleted AS (
              DELETE FROM messages WHERE id = $1 AND sender_id = $2 RETURNING id, sender_id, recipient_id
            )
            SELECT d.recipient_id, now() AS deleted_at, sender.incarnation AS sender_incarnation, recipient.incarnation AS recipient_incarnation
            FROM deleted d JOIN profiles sender ON sender.id = d.sender_id LEFT JOIN profiles recipient ON recipient.id = d.recipient_id
            """;

    /** The key stays, so that a repeated request still sends nothing. */
    private static final String FORGET_RESPONSE =
            "UPDATE idempotency_keys SET body = NULL, location = NULL WHERE caller_id = $1 AND location = $2";

    private final SliceDatabase slice;
    private final SendingRate rate;

    Messages(SliceDatabase slice, SendingRate rate) {
        this.slice = slice;
        this.rate = rate;
    }

    /**
     * Sends a message as the caller, within the given transaction.
     *
     * @throws Problem {@code self-message} (400), {@code profile-required} (403), {@code unknown-profile} (404),
     *     {@code blocked} (403), {@code messages-not-accepted} (403), {@code too-many-messages} (429)
     */
    Uni<Answer> send(Tx tx, Caller caller, NewMessage message) {
        if (caller.id().equals(message.recipientId())) {
            throw ProblemKind.SELF_MESSAGE.because("Write to another profile.");
        }
        return rate.spend(tx, caller)
                .chain(() -> tx.execute(SEND, caller.id(), message.recipientId(), message.content()))
                .chain(sent -> Rows.first(sent, row -> publish(tx, row))
                        .orElseGet(() -> refuse(tx, caller, message.recipientId())));
    }

    private static Uni<Answer> publish(Tx tx, Row row) {
        MessageView message = MessageView.of(row);
        return tx.publish(new MessageSent(
                        message.id(),
                        message.senderId(),
                        row.getLong("sender_incarnation"),
                        message.recipientId(),
                        row.getLong("recipient_incarnation"),
                        message.sentAt()))
                .replaceWith(() -> Answer.created(PATH + message.id(), null, message));
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller, UUID recipient) {
        return tx.execute(REFUSAL, caller.id(), recipient).map(rows -> {
            Row row = rows.iterator().next();
            if (!row.getBoolean("sender_known")) {
                throw Refusals.noProfile();
            }
            if (!row.getBoolean("recipient_known")) {
                throw Refusals.unknown();
            }
            String refusal = row.getString("refusal");
            // Null when it is allowed by now: the state changed between the two statements.
            throw refusal == null
                    ? ProblemKind.BUSY.because("Nothing was sent; try again shortly.")
                    : Refusal.valueOf(refusal).problem(recipient);
        });
    }

    /**
     * Finds a message that the caller wrote or received.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<MessageView> find(Caller caller, UUID message) {
        return slice.read(caller, FIND, message)
                .map(rows -> Rows.first(rows, MessageView::of).orElseThrow(Messages::unknown));
    }

    /**
     * Deletes a message of the caller's, for both parties.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403) for the recipient
     */
    Uni<Void> delete(Caller caller, UUID message) {
        return slice.write(
                caller,
                tx -> tx.execute(DELETE, message, caller.id())
                        .chain(deleted -> Rows.first(
                                        deleted,
                                        row -> tx.publish(events(message, caller, row))
                                                .chain(() -> tx.execute(FORGET_RESPONSE, caller.id(), PATH + message))
                                                .replaceWithVoid())
                                .orElseGet(() -> refuseDeletion(tx, message))));
    }

    /** One event for each party that still exists. */
    private static List<MessageDeleted> events(UUID message, Caller sender, Row row) {
        Instant now = Rows.instant(row, "deleted_at");
        MessageDeleted toSender = new MessageDeleted(message, sender.id(), row.getLong("sender_incarnation"), now);
        UUID recipient = row.getUUID("recipient_id");
        return recipient == null
                ? List.of(toSender)
                : List.of(toSender, new MessageDeleted(message, recipient, row.getLong("recipient_incarnation"), now));
    }

    private static Uni<Void> refuseDeletion(Tx tx, UUID message) {
        return tx.execute(FIND, message).map(found -> {
            throw found.size() == 0
                    ? unknown()
                    : ProblemKind.FORBIDDEN.because("Only the sender may delete a message.");
        });
    }

    private static Problem unknown() {
        return ProblemKind.NOT_FOUND.because("No message of yours has this id.");
    }

    /** Why a message is refused, as {@code writing_refusal} says it. */
    private enum Refusal {
        BLOCKED,
        BLOCKING,
        NOT_ACCEPTED;

        Problem problem(UUID recipient) {
            return switch (this) {
                case BLOCKED -> ProblemKind.BLOCKED.because("This profile has blocked you.");
                case BLOCKING ->
                    ProblemKind.BLOCKED.because(
                            "You blocked this profile; unblock it first, with DELETE /v1/follows/blocks/" + recipient
                                    + ".");
                case NOT_ACCEPTED ->
                    ProblemKind.MESSAGES_NOT_ACCEPTED.because(
                            "The recipient has chosen who may write to them, and you are not" + " among those.");
            };
        }
    }
}
