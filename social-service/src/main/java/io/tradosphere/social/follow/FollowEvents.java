package io.tradosphere.social.follow;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;

/**
 * SQL fragments with which a statement that changes follows also publishes the events, so row and event cost one
 * round trip. The payloads are those of {@link io.tradosphere.contracts.social.Followed} and {@link
 * io.tradosphere.contracts.social.Unfollowed}.
 */
public final class FollowEvents {

    /**
     * Publishes an event for each row of a CTE {@code started}, whose columns are those of {@code follows}. A CTE
     * {@code pairs} supplies {@code traceparent}, the trace context, by {@code follower_id} and {@code following_id}.
     */
    @IncompleteSql
    static final String PUBLISH_STARTED = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, '%s', edge.key, edge.payload, edge.traceparent
            FROM (
              SELECT concat(follower_id, ':', following_id) AS key, traceparent,
                     json_build_object('followerId', follower_id, 'followerIncarnation', follower_incarnation,
                       'followingId', following_id, 'followingIncarnation', following_incarnation,
                       'followedAt', rfc3339(created_at))::text AS payload
              FROM started JOIN pairs USING (follower_id, following_id)
            ) AS edge
            """.formatted(Topic.FOLLOWS.topicName(), EventType.SOCIAL_FOLLOWED.ceType());

    /**
     * Publishes a tombstone for each row of a CTE {@code ended}, and an event before it if {@code with_event} is
     * true. No event is needed where the end changes no follower count.
     *
     * <p>The other columns are those of {@code follows} and {@code traceparent}, the trace context; null for none.
     */
    @IncompleteSql
    public static final String PUBLISH_ENDED =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, message.type, edge.key, message.payload, edge.traceparent
            FROM (
              SELECT concat(follower_id, ':', following_id) AS key, traceparent, with_event,
                     json_build_object('followerId', follower_id, 'followerIncarnation', follower_incarnation,
                       'followingId', following_id, 'followingIncarnation', following_incarnation,
                       'unfollowedAt', rfc3339(now()))::text AS payload
              FROM ended
            ) AS edge
            CROSS JOIN LATERAL (VALUES (1, '%s', edge.payload), (2, NULL, NULL)) AS message (position, type, payload)
            WHERE edge.with_event OR message.type IS NULL
            ORDER BY edge.key, message.position
            """.formatted(Topic.FOLLOWS.topicName(), EventType.SOCIAL_UNFOLLOWED.ceType());

    private FollowEvents() {}
}
