package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A message is gone, for one of its two parties; each party that still exists has an event of its own.
 *
 * @param messageId the message
 * @param recipientId the party
 * @param recipientIncarnation the incarnation of the party's id
 * @param deletedAt when it was deleted
 */
public record MessageDeleted(UUID messageId, UUID recipientId, long recipientIncarnation, Instant deletedAt)
        implements MessageEvent {
    @Override
    public EventType type() {
        return EventType.MESSAGING_DELETED;
    }

    @Override
    public String subject() {
        return messageId + ":" + recipientId;
    }
}
