package io.tradosphere.signal.graph;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Social-service, as signal-service hears of it. */
public final class Social {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private Social() {}

    /** The number of the next event. */
    public static long next() {
        return SEQUENCE.incrementAndGet();
    }

    /** The one begins to follow the other, and the slice knows. */
    public static void follows(Person fan, Person creator) {
        tell(followed(fan, creator), next());
        awaitFollowing(fan, creator, true);
    }

    /** The one follows the other no longer, and the slice knows. */
    public static void unfollows(Person fan, Person creator) {
        tell(unfollowed(fan, creator), next());
        awaitFollowing(fan, creator, false);
    }

    /** Has an event told with that number. */
    public static void tell(FollowEvent event, long sequence) {
        TopicTap.publish(event, sequence);
    }

    /** Has an event told with that number. */
    public static void tell(BlockEvent event, long sequence) {
        TopicTap.publish(event, sequence);
    }

    /** A follow. */
    public static FollowEvent followed(Person fan, Person creator) {
        return new Followed(fan.id(), lifeOf(fan.id()), creator.id(), lifeOf(creator.id()), Instant.now());
    }

    /** The end of one. */
    public static FollowEvent unfollowed(Person fan, Person creator) {
        return new Unfollowed(fan.id(), lifeOf(fan.id()), creator.id(), lifeOf(creator.id()), Instant.now());
    }

    /** A block. */
    public static BlockEvent blocked(Person blocker, Person other) {
        return new Blocked(blocker.id(), lifeOf(blocker.id()), other.id(), lifeOf(other.id()), Instant.now());
    }

    /** The end of one. */
    public static BlockEvent unblocked(Person blocker, Person other) {
        return new Unblocked(blocker.id(), lifeOf(blocker.id()), other.id(), lifeOf(other.id()), Instant.now());
    }

    /** Waits until the slice's copy says whether the one follows the other. */
    public static void awaitFollowing(Person fan, Person creator, boolean follows) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT is_following FROM follows WHERE follower_id = ? AND following_id = ?",
                                fan.id(),
                                creator.id())
                        .equals(List.of(follows)));
    }

    /** How many follow a creator, as the slice counts them. */
    public static long followersOf(Person creator) {
        return Sql.asSuperuser()
                .number("SELECT coalesce((SELECT follower_count FROM creators WHERE id = ?), 0)", creator.id());
    }

    private static long lifeOf(UUID person) {
        return Sql.asSuperuser().number("SELECT coalesce((SELECT incarnation FROM profiles WHERE id = ?), 1)", person);
    }
}
