package io.tradosphere.signal.graph;

import static io.tradosphere.signal.graph.Social.blocked;
import static io.tradosphere.signal.graph.Social.followed;
import static io.tradosphere.signal.graph.Social.followersOf;
import static io.tradosphere.signal.graph.Social.follows;
import static io.tradosphere.signal.graph.Social.next;
import static io.tradosphere.signal.graph.Social.tell;
import static io.tradosphere.signal.graph.Social.unblocked;
import static io.tradosphere.signal.graph.Social.unfollowed;
import static io.tradosphere.signal.graph.Social.unfollows;
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
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
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
class GraphTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void follows_are_copied_and_counted_and_their_ends_uncounted() {
        Person creator = SignalSteps.creator();
        Person one = SignalSteps.creator();
        Person two = SignalSteps.creator();

        follows(one, creator);
        follows(two, creator);
        assertThat(followersOf(creator)).isEqualTo(2);

        unfollows(one, creator);
        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void an_event_that_comes_again_late_or_as_a_tombstone_changes_nothing() {
        Person creator = SignalSteps.creator();
        Person fan = SignalSteps.creator();
        long first = next();
        next();
        next();

        tell(followed(fan, creator), first + 2);
        tell(followed(fan, creator), first + 2);
        tell(unfollowed(fan, creator), first + 1);
        String key = followed(fan, creator).key();
        Envelope end = Envelope.tombstone(key, UUID.randomUUID(), "/tradosphere/test", Instant.now(), next(), null);
        TopicTap.send(Topic.FOLLOWS.topicName(), key, null, end.toHeaders());
        follows(SignalSteps.creator(), creator);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(followersOf(creator)).isEqualTo(2));
        assertThat(Sql.asSuperuser().column("SELECT is_following FROM follows WHERE follower_id = ?", fan.id()))
                .isEqualTo(List.of(true));
    }

    @Test
    void a_follow_may_be_told_of_before_the_people_are() {
        Person creator = Person.stranger();
        Person fan = Person.stranger();

        follows(fan, creator);

        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void what_is_told_of_a_life_that_has_ended_leaves_nothing_behind() {
        Person here = SignalSteps.creator();
        Person gone = Acquaintance.of(Tier.GROW);
        FollowEvent ofTheGone = followed(here, gone);
        FollowEvent byTheGone = followed(gone, here);
        BlockEvent blockOfTheGone = blocked(here, gone);
        Acquaintance.erase(gone, Acquaintance.incarnation(gone));
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT count(*) FROM departed WHERE pseudonym = auth.pseudonym(?)", gone.id())
                        == 1);

        tell(ofTheGone, next());
        tell(byTheGone, next());
        tell(blockOfTheGone, next());
        Person witness = SignalSteps.creator();
        tell(blocked(here, witness), next());
        follows(SignalSteps.creator(), here);

        awaitBlocking(here, witness, true);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(gone)).isEmpty());
        assertThat(followersOf(here)).isEqualTo(1);
    }

    @Test
    void somebody_who_is_erased_while_their_follow_is_being_copied_leaves_nothing_behind() throws SQLException {
        Person creator = SignalSteps.creator();
        Person gone = Person.stranger();
        FollowEvent byTheGone = followed(gone, creator);

        try (OpenTransaction holding =
                OpenTransaction.of("SELECT FROM profiles WHERE id = $creator FOR UPDATE", Map.of("creator", creator))) {
            tell(byTheGone, next());
            holding.awaitSomebodyBehind();
            Acquaintance.erase(gone, 1);
            await().atMost(SOON)
                    .until(() -> Sql.asSuperuser()
                                    .number(
                                            "SELECT count(*) FROM departed WHERE pseudonym = auth.pseudonym(?)",
                                            gone.id())
                            == 1);
            holding.commit();
        }

        follows(SignalSteps.creator(), creator);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(gone)).isEmpty());
        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void a_follow_of_an_earlier_life_does_not_count_for_the_present_one() {
        Person creator = Acquaintance.of(Tier.GROW);
        Person fan = SignalSteps.creator();
        long past = Acquaintance.incarnation(creator) - 1;

        tell(new Followed(fan.id(), 1, creator.id(), past, Instant.now()), next());
        follows(SignalSteps.creator(), creator);

        assertThat(followersOf(creator)).isEqualTo(1);
    }

    @Test
    void a_block_is_copied_and_ends_the_follows_before_it_either_way() {
        Person blocker = SignalSteps.creator();
        Person other = SignalSteps.creator();
        follows(blocker, other);
        follows(other, blocker);

        tell(blocked(blocker, other), next());

        Social.awaitFollowing(blocker, other, false);
        Social.awaitFollowing(other, blocker, false);
        assertThat(followersOf(blocker)).isZero();
        assertThat(followersOf(other)).isZero();
        // What social-service tells besides counts nothing more.
        tell(unfollowed(blocker, other), next());
        follows(SignalSteps.creator(), other);
        assertThat(followersOf(other)).isEqualTo(1);
        tell(unblocked(blocker, other), next());
        awaitBlocking(blocker, other, false);
    }

    @Test
    void a_block_that_is_told_of_late_ends_no_follow_after_it() {
        Person blocker = SignalSteps.creator();
        Person other = SignalSteps.creator();
        long block = next();
        follows(blocker, other);

        tell(blocked(blocker, other), block);

        awaitBlocking(blocker, other, true);
        Social.awaitFollowing(blocker, other, true);
        assertThat(followersOf(other)).isEqualTo(1);
    }

    @Test
    void a_block_of_an_earlier_life_is_none() {
        Person other = Acquaintance.of(Tier.GROW);
        Person blocker = SignalSteps.creator();
        Person witness = SignalSteps.creator();

        tell(new Blocked(blocker.id(), 1, other.id(), Acquaintance.incarnation(other) - 1, Instant.now()), next());
        tell(blocked(blocker, witness), next());

        awaitBlocking(blocker, witness, true);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number("SELECT count(*) FROM blocks WHERE blocked_id = ?", other.id()))
                        .isZero());
    }

    private static void awaitBlocking(Person blocker, Person other, boolean blocks) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column(
                                "SELECT is_blocking FROM blocks WHERE blocker_id = ? AND blocked_id = ?",
                                blocker.id(),
                                other.id())
                        .equals(List.of(blocks)));
    }
}
