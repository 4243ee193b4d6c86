package io.tradosphere.messaging.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Forgets an erased person: what they wrote and what was written to them, with the conversations, their notifications, and the
 * copies of whom they block and follow.
 */
@ApplicationScoped
class Erasure implements Forgetting {

    private static final int AT_ONCE = 1_000;

    /** The table's own trigger takes them out of the other party's unread count and conversation. */
    private static final String MESSAGES = """
            DELETE FROM messages WHERE id IN (
              (SELECT id FROM messages WHERE sender_id = $1 AND sent_at < %1$s LIMIT $3)
              UNION ALL
              (SELECT id FROM messages WHERE recipient_id = $1 AND sent_at < %1$s LIMIT $3))
            """.formatted(ForgettingInParts.END_OF_LIFE);

    private static final String NOTIFICATIONS = """
            DELETE FROM notifications WHERE id IN (
              SELECT id FROM notifications WHERE user_id = $1 AND created_at < %s LIMIT $3)
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String PREFERENCES =
            "DELETE FROM notification_preferences WHERE user_id = $1 AND created_at < " + ForgettingInParts.END_OF_LIFE;
    private static final String BLOCKS = """
            DELETE FROM blocks WHERE (blocker_id, blocked_id) IN (
              (SELECT blocker_id, blocked_id FROM blocks WHERE blocker_id = $1 AND blocker_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT blocker_id, blocked_id FROM blocks WHERE blocked_id = $1 AND blocked_incarnation <= $2 LIMIT $3))
            """;
    private static final String FOLLOWED = """
            DELETE FROM follows WHERE (follower_id, following_id) IN (
              SELECT follower_id, following_id FROM follows WHERE follower_id = $1 AND follower_incarnation <= $2 LIMIT $3)
            """;
    private static final String FOLLOWERS = """
            DELETE FROM follows WHERE (follower_id, following_id) IN (
              (SELECT follower_id, following_id FROM follows
               WHERE following_id = $1 AND is_following AND following_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT follower_id, following_id FROM follows
               WHERE following_id = $1 AND NOT is_following AND following_incarnation <= $2 LIMIT $3))
            """;

    private final ForgettingInParts parts = new ForgettingInParts(List.of(
            Part.of(MESSAGES, AT_ONCE),
            Part.of(NOTIFICATIONS, AT_ONCE),
            Part.atOnce(PREFERENCES),
            Part.of(BLOCKS, AT_ONCE),
            Part.of(FOLLOWED, AT_ONCE),
            Part.of(FOLLOWERS, AT_ONCE)));

    @Override
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return parts.forgetSome(tx, person, incarnation);
    }
}
