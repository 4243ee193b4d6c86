package io.tradosphere.social.block;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;

/**
 * How a statement that changes blocks announces it by itself. The payloads are those of {@link
 * io.tradosphere.contracts.social.Blocked} and {@link io.tradosphere.contracts.social.Unblocked}.
 */
public final class BlockEvents {

    /** Announces the rows of a CTE {@code begun}: columns of {@code blocks}, and {@code cause}, the trace context. */
    static final String ANNOUNCE_BEGUN = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, '%s', edge.key, edge.payload, edge.cause
            FROM (
              SELECT concat(blocker_id, ':', blocked_id) AS key, cause,
                     json_build_object('blockerId', blocker_id, 'blockerIncarnation', blocker_incarnation,
                       'blockedId', blocked_id, 'blockedIncarnation', blocked_incarnation,
                       'blockedAt', rfc3339(created_at))::text AS payload
              FROM begun
            ) AS edge
            """.formatted(Topic.BLOCKS.topicName(), EventType.SOCIAL_BLOCKED.ceType());

    /**
     * Announces the rows of a CTE {@code ended}: columns of {@code blocks}; {@code cause}, the trace context of what ended them,
     * null for none; and {@code told}, whether the end is an event or the tombstone alone.
     */
    public static final String ANNOUNCE_ENDED =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, step.type, edge.key, step.payload, edge.cause
            FROM (
              SELECT concat(blocker_id, ':', blocked_id) AS key, cause, told,
                     json_build_object('blockerId', blocker_id, 'blockerIncarnation', blocker_incarnation,
                       'blockedId', blocked_id, 'blockedIncarnation', blocked_incarnation,
                       'unblockedAt', rfc3339(now()))::text AS payload
              FROM ended
            ) AS edge
            CROSS JOIN LATERAL (VALUES (1, '%s', edge.payload), (2, NULL, NULL)) AS step (position, type, payload)
            WHERE edge.told OR step.type IS NULL
            ORDER BY edge.key, step.position
            """.formatted(Topic.BLOCKS.topicName(), EventType.SOCIAL_UNBLOCKED.ceType());

    private BlockEvents() {}
}
