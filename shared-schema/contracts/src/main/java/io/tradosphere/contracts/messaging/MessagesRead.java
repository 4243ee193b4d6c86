package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody read what somebody wrote to them.
 *
 * @param messageId the newest message that was read; so were all earlier ones of that sender to that recipient
 * @param senderId who wrote it
 * @param senderIncarnation the incarnation of the sender's id
 * @param recipientId whom it was written to
 * @param recipientIncarnation the incarnation of the recipient's id
 * @param readAt when it was read
 */
public record MessagesRead(
        UUID messageId,
        UUID senderId,
        long senderIncarnation,
        UUID recipientId,
        long recipientIncarnation,
        Instant readAt)
        implements MessageEvent {
    @Override
    public EventType type() {
        return EventType.MESSAGING_READ;
    }

    @Override
    public String subject() {
        return recipientId + ":" + senderId;
    }
}
