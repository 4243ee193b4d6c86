package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's notifications changed: one is new, has another cause, is read or is gone.
 *
 * @param notificationId the notification; null when several changed
 * @param recipientId whose notification it is
 * @param recipientIncarnation the incarnation of the recipient's id
 * @param notifiedAt when it changed
 */
public record Notified(@Nullable UUID notificationId, UUID recipientId, long recipientIncarnation, Instant notifiedAt)
        implements MessageEvent {
    @Override
    public EventType type() {
        return EventType.MESSAGING_NOTIFIED;
    }

    @Override
    public String subject() {
        return recipientId.toString();
    }
}
