package io.tradosphere.signal.replica;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes events as social-service does. */
public final class SocialEvents {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private SocialEvents() {}

    /** The sequence of the next event. */
    public static long next() {
        return SEQUENCE.incrementAndGet();
    }

    /** Publishes a follow and awaits the replica. */
    public static void follows(TestUser fan, TestUser creator) {
        publish(followed(fan, creator), next());
        awaitFollowing(fan, creator, true);
    }

    /** Publishes an unfollow and awaits the replica. */
    public static void unfollows(TestUser fan, TestUser creator) {
        publish(unfollowed(fan, creator), next());
        awaitFollowing(fan, creator, false);
    }

    /** Publishes an event with that sequence. */
    public static void publish(FollowEvent event, long sequence) {
        TopicReader.publish(event, sequence);
    }

    /** Publishes an event with that sequence. */
    public static void publish(BlockEvent event, long sequence) {
        TopicReader.publish(event, sequence);
    }

    /** A follow event. */
    public static FollowEvent followed(TestUser fan, TestUser creator) {
        return new Followed(
                fan.id(), incarnationOf(fan.id()), creator.id(), incarnationOf(creator.id()), Instant.now());
    }

    /** An unfollow event. */
    public static FollowEvent unfollowed(TestUser fan, TestUser creator) {
        return new Unfollowed(
                fan.id(), incarnationOf(fan.id()), creator.id(), incarnationOf(creator.id()), Instant.now());
    }

    /** A block event. */
    public static BlockEvent blocked(TestUser blocker, TestUser other) {
        return new Blocked(
                blocker.id(), incarnationOf(blocker.id()), other.id(), incarnationOf(other.id()), Instant.now());
    }

    /** An unblock event. */
    public static BlockEvent unblocked(TestUser blocker, TestUser other) {
        return new Unblocked(
                blocker.id(), incarnationOf(blocker.id()), other.id(), incarnationOf(other.id()), Instant.now());
    }

    /** Waits until the replica says whether the one follows the other. */
    public static void awaitFollowing(TestUser fan, TestUser creator, boolean follows) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT is_following FROM follows WHERE follower_id = ? AND following_id = ?",
                                fan.id(),
                                creator.id())
                        .equals(List.of(follows)));
    }

    /** The creator's follower count in the replica. */
    public static long followersOf(TestUser creator) {
        return Sql.asSuperuser()
                .number("SELECT coalesce((SELECT follower_count FROM creators WHERE id = ?), 0)", creator.id());
    }

    private static long incarnationOf(UUID person) {
        return Sql.asSuperuser().number("SELECT coalesce((SELECT incarnation FROM profiles WHERE id = ?), 1)", person);
    }
}
