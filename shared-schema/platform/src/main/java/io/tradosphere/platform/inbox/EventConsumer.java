package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import java.util.Set;

/**
 * A consumer of events. Every bean of this type runs in its own consumer group, in batches. The offset is committed after the
 * batch, so a batch may be delivered twice, whole or in part.
 *
 * @param <E> the events of its topics
 */
public sealed interface EventConsumer<E extends Event> permits TransactionalConsumer, IdempotentConsumer {

    /** How a repeated delivery is deduplicated. */
    enum Dedup {
        /** The event's id is stored in the inbox, in the consumer's transaction. For topics whose records expire. */
        INBOX,
        /** The consumer applies only higher sequences. Required for compacted topics, which outlive an inbox. */
        SEQUENCE,
        /** Applying an event again changes nothing. */
        IDEMPOTENT
    }

    /** The group's purpose, such as {@code follower-counts}. The group's id is {@code <service>.<purpose>}. */
    String purpose();

    /** The topics to read. All carry events of type {@code E}. */
    Set<Topic> topics();

    /** How repeated deliveries are deduplicated. */
    Dedup dedup();
}
