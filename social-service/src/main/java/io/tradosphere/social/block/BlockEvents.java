package io.tradosphere.social.block;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;

/**
 * SQL fragments with which a statement that changes blocks also publishes the events, so row and event cost one round
 * trip. The payloads are those of {@link io.tradosphere.contracts.social.Blocked} and {@link
 * io.tradosphere.contracts.social.Unblocked}.
 */
public final class BlockEvents {

    /**
     * Publishes an event for each row of a CTE {@code started}. Its columns are those of {@code blocks} and {@code
     * traceparent}, the trace context.
     */
    @IncompleteSql
    static final String PUBLISH_STARTED = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, '%s', edge.key, edge.payload, edge.traceparent
            FROM (
              SELECT concat(blocker_id, ':', blocked_id) AS key, traceparent,
                     json_build_object('blockerId', blocker_id, 'blockerIncarnation', blocker_incarnation,
                       'blockedId', blocked_id, 'blockedIncarnation', blocked_incarnation,
                       'blockedAt', rfc3339(created_at))::text AS payload
              FROM started
            ) AS edge
            """.formatted(Topic.BLOCKS.topicName(), EventType.SOCIAL_BLOCKED.ceType());

    /**
     * Publishes a tombstone for each row of a CTE {@code ended}, and an event before it if {@code with_event} is
     * true.
     *
     * <p>The other columns are those of {@code blocks} and {@code traceparent}, the trace context; null for none.
     */
    @IncompleteSql
    public static final String PUBLISH_ENDED =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, message.type, edge.key, message.payload, edge.traceparent
            FROM (
              SELECT concat(blocker_id, ':', blocked_id) AS key, traceparent, with_event,
                     json_build_object('blockerId', blocker_id, 'blockerIncarnation', blocker_incarnation,
                       'blockedId', blocked_id, 'blockedIncarnation', blocked_incarnation,
                       'unblockedAt', rfc3339(now()))::text AS payload
              FROM ended
            ) AS edge
            CROSS JOIN LATERAL (VALUES (1, '%s', edge.payload), (2, NULL, NULL)) AS message (position, type, payload)
            WHERE edge.with_event OR message.type IS NULL
            ORDER BY edge.key, message.position
            """.formatted(Topic.BLOCKS.topicName(), EventType.SOCIAL_UNBLOCKED.ceType());

    private BlockEvents() {}
}
