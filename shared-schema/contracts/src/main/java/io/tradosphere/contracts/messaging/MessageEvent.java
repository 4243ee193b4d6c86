package io.tradosphere.contracts.messaging;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** That people write to each other; never what. */
public sealed interface MessageEvent extends Event permits MessageSent, MessagesRead {
    /** The message. */
    UUID messageId();

    /** Who wrote it. */
    UUID senderId();

    /** Which life of the sender's id. */
    long senderIncarnation();

    /** Whom it was written to. */
    UUID recipientId();

    /** Which life of the recipient's id. */
    long recipientIncarnation();

    @Override
    default String key() {
        return recipientId().toString();
    }
}
