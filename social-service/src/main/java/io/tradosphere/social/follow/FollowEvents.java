package io.tradosphere.social.follow;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;

/**
 * How a statement that changes follows announces it by itself, so that row and event cost one round trip. The payloads are those
 * of {@link io.tradosphere.contracts.social.Followed} and {@link io.tradosphere.contracts.social.Unfollowed}.
 */
public final class FollowEvents {

    /**
     * Announces the rows of a CTE {@code begun}: columns of {@code follows}. What made them is in a CTE {@code wanted}:
     * {@code follower_id}, {@code following_id} and {@code cause}, the trace context.
     */
    static final String ANNOUNCE_BEGUN = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, '%s', edge.key, edge.payload, edge.cause
            FROM (
              SELECT concat(follower_id, ':', following_id) AS key, cause,
                     json_build_object('followerId', follower_id, 'followerIncarnation', follower_incarnation,
                       'followingId', following_id, 'followingIncarnation', following_incarnation,
                       'followedAt', rfc3339(created_at))::text AS payload
              FROM begun JOIN wanted USING (follower_id, following_id)
            ) AS edge
            """.formatted(Topic.FOLLOWS.topicName(), EventType.SOCIAL_FOLLOWED.ceType());

    /**
     * Announces the rows of a CTE {@code ended}: columns of {@code follows}; {@code cause}, the trace context of what ended
     * them, null for none; and {@code told}, whether the end is an event or, since nobody's count falls by it, the tombstone
     * alone.
     */
    public static final String ANNOUNCE_ENDED =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', edge.key, step.type, edge.key, step.payload, edge.cause
            FROM (
              SELECT concat(follower_id, ':', following_id) AS key, cause, told,
                     json_build_object('followerId', follower_id, 'followerIncarnation', follower_incarnation,
                       'followingId', following_id, 'followingIncarnation', following_incarnation,
                       'unfollowedAt', rfc3339(now()))::text AS payload
              FROM ended
            ) AS edge
            CROSS JOIN LATERAL (VALUES (1, '%s', edge.payload), (2, NULL, NULL)) AS step (position, type, payload)
            WHERE edge.told OR step.type IS NULL
            ORDER BY edge.key, step.position
            """.formatted(Topic.FOLLOWS.topicName(), EventType.SOCIAL_UNFOLLOWED.ceType());

    private FollowEvents() {}
}
