package io.tradosphere.messaging.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.platform.replica.ReplicaExpiry;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class RelationsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicLong SEQUENCE = new AtomicLong(System.currentTimeMillis());

    private final TestUser alice = KnownProfiles.of(Tier.FREE);
    private final TestUser bob = KnownProfiles.of(Tier.FREE);

    @Inject
    ReplicaExpiry expiry;

    @Test
    void a_follow_is_replicated_and_ended() {
        TopicReader.publish(followed(alice, bob), next());
        awaitFollows(true);

        TopicReader.publish(unfollowed(alice, bob), next());
        awaitFollows(false);
    }

    @Test
    void a_block_is_replicated_and_ended() {
        TopicReader.publish(new Blocked(alice.id(), life(alice), bob.id(), life(bob), Instant.now()), next());
        awaitBlocks(true);

        TopicReader.publish(new Unblocked(alice.id(), life(alice), bob.id(), life(bob), Instant.now()), next());
        awaitBlocks(false);
    }

    @Test
    void an_event_that_arrives_late_or_again_changes_nothing() {
        TestUser carol = KnownProfiles.of(Tier.FREE);
        long first = next();
        long second = next();

        TopicReader.publish(unfollowed(alice, bob), second);
        TopicReader.publish(followed(alice, bob), first);
        TopicReader.publish(unfollowed(alice, bob), second);
        TopicReader.publish(followed(alice, carol), next());

        await().atMost(SOON).until(() -> follows(alice, carol).equals(List.of(true)));
        awaitFollows(false);
    }

    @Test
    void an_event_of_an_erased_incarnation_inserts_nothing() {
        TestUser gone = KnownProfiles.of(Tier.FREE);
        Followed late = followed(gone, bob);
        KnownProfiles.erase(gone, life(gone));
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT id FROM profiles WHERE id = ?", gone.id())
                        .isEmpty());

        TopicReader.publish(late, next());
        TopicReader.publish(followed(alice, bob), next());

        awaitFollows(true);
        assertThat(follows(gone, bob)).isEmpty();
    }

    @Test
    void relations_that_ended_long_ago_expire() {
        TestUser carol = KnownProfiles.of(Tier.FREE);
        TestUser dave = KnownProfiles.of(Tier.FREE);
        Sql.asSuperuser().script("""
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence, updated_at)
                VALUES ($alice, $bob, 1, 1, false, 1, now() - interval '9 days'),
                  ($alice, $carol, 1, 1, false, 1, now() - interval '7 days'),
                  ($alice, $dave, 1, 1, true, 1, now() - interval '400 days');
                """, Map.of("alice", alice, "bob", bob, "carol", carol, "dave", dave));

        expiry.run().await().atMost(SOON);

        assertThat(Sql.asSuperuser().column("SELECT following_id FROM follows WHERE follower_id = ?", alice.id()))
                .containsExactlyInAnyOrder(carol.id(), dave.id());
    }

    private void awaitFollows(boolean active) {
        await().atMost(SOON).until(() -> follows(alice, bob).equals(List.of(active)));
    }

    private void awaitBlocks(boolean active) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT is_blocking FROM blocks WHERE blocker_id = ? AND blocked_id = ?",
                                alice.id(),
                                bob.id())
                        .equals(List.of(active)));
    }

    private static List<Object> follows(TestUser follower, TestUser following) {
        return Sql.asSuperuser()
                .column(
                        "SELECT is_following FROM follows WHERE follower_id = ? AND following_id = ?",
                        follower.id(),
                        following.id());
    }

    private static Followed followed(TestUser follower, TestUser following) {
        return new Followed(follower.id(), life(follower), following.id(), life(following), Instant.now());
    }

    private static Unfollowed unfollowed(TestUser follower, TestUser following) {
        return new Unfollowed(follower.id(), life(follower), following.id(), life(following), Instant.now());
    }

    private static long life(TestUser person) {
        return KnownProfiles.incarnation(person);
    }

    private static long next() {
        return SEQUENCE.incrementAndGet();
    }
}
