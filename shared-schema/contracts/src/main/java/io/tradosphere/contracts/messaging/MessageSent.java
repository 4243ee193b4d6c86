package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody wrote to somebody.
 *
 * @param messageId the message
 * @param senderId who wrote it
 * @param senderIncarnation the incarnation of the sender's id
 * @param recipientId whom it was written to
 * @param recipientIncarnation the incarnation of the recipient's id
 * @param sentAt when it was sent
 */
public record MessageSent(
        UUID messageId,
        UUID senderId,
        long senderIncarnation,
        UUID recipientId,
        long recipientIncarnation,
        Instant sentAt)
        implements MessageEvent {
    @Override
    public EventType type() {
        return EventType.MESSAGING_SENT;
    }

    @Override
    public String subject() {
        return messageId.toString();
    }
}
