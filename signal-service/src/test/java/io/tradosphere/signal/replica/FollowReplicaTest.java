package io.tradosphere.signal.replica;

import static io.tradosphere.signal.replica.SocialEvents.blocked;
import static io.tradosphere.signal.replica.SocialEvents.followed;
import static io.tradosphere.signal.replica.SocialEvents.followersOf;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static io.tradosphere.signal.replica.SocialEvents.next;
import static io.tradosphere.signal.replica.SocialEvents.publish;
import static io.tradosphere.signal.replica.SocialEvents.unblocked;
import static io.tradosphere.signal.replica.SocialEvents.unfollowed;
import static io.tradosphere.signal.replica.SocialEvents.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.platform.replica.ReplicaExpiry;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FollowReplicaTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ReplicaExpiry expiry;

    @Test
    void follows_are_replicated_and_counted_until_they_end() {
        TestUser creator = SignalSteps.creator();
        TestUser one = SignalSteps.creator();
        TestUser two = SignalSteps.creator();

        follows(one, creator);
        follows(two, creator);
        assertThat(followersOf(creator)).isEqualTo(2);

        unfollows(one, creator);
        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void an_event_that_comes_again_late_or_as_a_tombstone_changes_nothing() {
        TestUser creator = SignalSteps.creator();
        TestUser fan = SignalSteps.creator();
        long first = next();
        next();
        next();

        publish(followed(fan, creator), first + 2);
        publish(followed(fan, creator), first + 2);
        publish(unfollowed(fan, creator), first + 1);
        String key = followed(fan, creator).key();
        Envelope end = Envelope.tombstone(key, UUID.randomUUID(), "/tradosphere/test", Instant.now(), next(), null);
        TopicReader.send(Topic.FOLLOWS.topicName(), key, null, end.toHeaders());
        follows(SignalSteps.creator(), creator);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(followersOf(creator)).isEqualTo(2));
        assertThat(Sql.asSuperuser().column("SELECT is_following FROM follows WHERE follower_id = ?", fan.id()))
                .isEqualTo(List.of(true));
    }

    @Test
    void follows_that_ended_long_ago_expire_once_no_signals_of_theirs_are_left_in_the_timeline() {
        TestUser reader = TestUser.stranger();
        TestUser expired = TestUser.stranger();
        TestUser leftovers = TestUser.stranger();
        TestUser followed = TestUser.stranger();
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO follows (follower_id, following_id, follower_incarnation, following_incarnation, is_following, sequence,
                  has_leftovers, updated_at)
                VALUES ($reader, $expired, 1, 1, false, 1, false, now() - interval '9 days'),
                  ($reader, $leftovers, 1, 1, false, 1, true, now() - interval '9 days'),
                  ($reader, $followed, 1, 1, true, 1, false, now() - interval '9 days');
                """,
                        Map.of("reader", reader, "expired", expired, "leftovers", leftovers, "followed", followed));

        expiry.run().await().atMost(SOON);

        assertThat(Sql.asSuperuser().column("SELECT following_id FROM follows WHERE follower_id = ?", reader.id()))
                .containsExactlyInAnyOrder(leftovers.id(), followed.id());
    }

    @Test
    void a_follow_may_arrive_before_its_profiles() {
        TestUser creator = TestUser.stranger();
        TestUser fan = TestUser.stranger();

        follows(fan, creator);

        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void an_event_of_an_ended_incarnation_leaves_no_row() {
        TestUser here = SignalSteps.creator();
        TestUser gone = KnownProfiles.of(Tier.GROW);
        FollowEvent ofTheGone = followed(here, gone);
        FollowEvent byTheGone = followed(gone, here);
        BlockEvent blockOfTheGone = blocked(here, gone);
        KnownProfiles.erase(gone, KnownProfiles.incarnation(gone));
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM erased_profiles WHERE pseudonym = auth.pseudonym(?)",
                                        gone.id())
                        == 1);

        publish(ofTheGone, next());
        publish(byTheGone, next());
        publish(blockOfTheGone, next());
        TestUser witness = SignalSteps.creator();
        publish(blocked(here, witness), next());
        follows(SignalSteps.creator(), here);

        awaitBlocking(here, witness, true);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(KnownProfiles.tablesThatMention(gone)).isEmpty());
        assertThat(followersOf(here)).isEqualTo(1);
    }

    @Test
    void a_follow_applied_during_erasure_leaves_no_row() throws SQLException {
        TestUser creator = SignalSteps.creator();
        TestUser gone = TestUser.stranger();
        FollowEvent byTheGone = followed(gone, creator);

        try (OpenTransaction holding =
                OpenTransaction.of("SELECT FROM profiles WHERE id = $creator FOR UPDATE", Map.of("creator", creator))) {
            publish(byTheGone, next());
            holding.awaitSomebodyBehind();
            KnownProfiles.erase(gone, 1);
            await().atMost(SOON)
                    .until(() -> Sql.asSuperuser()
                                    .number(
                                            "SELECT count(*) FROM erased_profiles WHERE pseudonym = auth.pseudonym(?)",
                                            gone.id())
                            == 1);
            holding.commit();
        }

        follows(SignalSteps.creator(), creator);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(KnownProfiles.tablesThatMention(gone)).isEmpty());
        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void a_follow_of_an_earlier_incarnation_does_not_count_for_the_present_one() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        TestUser fan = SignalSteps.creator();
        long past = KnownProfiles.incarnation(creator) - 1;

        publish(new Followed(fan.id(), 1, creator.id(), past, Instant.now()), next());
        follows(SignalSteps.creator(), creator);

        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void a_block_is_replicated_and_ends_earlier_follows_in_both_directions() {
        TestUser blocker = SignalSteps.creator();
        TestUser other = SignalSteps.creator();
        follows(blocker, other);
        follows(other, blocker);

        publish(blocked(blocker, other), next());

        SocialEvents.awaitFollowing(blocker, other, false);
        SocialEvents.awaitFollowing(other, blocker, false);
        assertThat(followersOf(blocker)).isZero();
        assertThat(followersOf(other)).isZero();
        // The unfollow events of social-service do not count a second time.
        publish(unfollowed(blocker, other), next());
        follows(SignalSteps.creator(), other);
        assertThat(followersOf(other)).isEqualTo(1);
        publish(unblocked(blocker, other), next());
        awaitBlocking(blocker, other, false);
    }

    @Test
    void a_late_block_event_ends_no_later_follow() {
        TestUser blocker = SignalSteps.creator();
        TestUser other = SignalSteps.creator();
        long block = next();
        follows(blocker, other);

        publish(blocked(blocker, other), block);

        awaitBlocking(blocker, other, true);
        SocialEvents.awaitFollowing(blocker, other, true);
        assertThat(followersOf(other)).isEqualTo(1);
    }

    @Test
    void a_block_of_an_earlier_incarnation_does_not_count() {
        TestUser other = KnownProfiles.of(Tier.GROW);
        TestUser blocker = SignalSteps.creator();
        TestUser witness = SignalSteps.creator();

        publish(new Blocked(blocker.id(), 1, other.id(), KnownProfiles.incarnation(other) - 1, Instant.now()), next());
        publish(blocked(blocker, witness), next());

        awaitBlocking(blocker, witness, true);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number("SELECT count(*) FROM blocks WHERE blocked_id = ?", other.id()))
                        .isZero());
    }

    private static void awaitBlocking(TestUser blocker, TestUser other, boolean blocks) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT is_blocking FROM blocks WHERE blocker_id = ? AND blocked_id = ?",
                                blocker.id(),
                                other.id())
                        .equals(List.of(blocks)));
    }
}
