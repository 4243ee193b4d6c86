package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** That people write to each other and are notified; never what. */
public sealed interface MessageEvent extends Event permits MessageSent, MessagesRead, MessageDeleted, Notified {
    /** Whom it is for. */
    UUID recipientId();

    /** The incarnation of the recipient's id. */
    long recipientIncarnation();

    @Override
    default String key() {
        return recipientId().toString();
    }
}
