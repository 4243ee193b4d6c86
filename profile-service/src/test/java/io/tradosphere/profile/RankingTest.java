package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.FollowerCountTest.followersOf;
import static io.tradosphere.profile.ProfileSteps.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ranking by followers while it is brought up to date. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RankingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Any
    @Inject
    Instance<Chore> chores;

    @Test
    void followers_are_counted_while_the_ranking_is_being_refreshed() throws SQLException {
        Person star = someone();

        try (OpenTransaction refreshing = refreshOf(star)) {
            TopicTap.publish(followed(someone(), star), 2);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(2));
            refreshing.commit();
        }
    }

    @Test
    void a_count_that_moves_while_the_ranking_is_being_refreshed_is_refreshed_again() throws SQLException {
        Person star = someone();

        try (OpenTransaction refreshing = refreshOf(star)) {
            TopicTap.publish(followed(someone(), star), 2);
            await().atMost(SOON).until(() -> followersOf(star) == 2);
            refreshing.commit();
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(rankedWith(star)).isEqualTo(2);
            assertThat(due(star)).isZero();
        });
    }

    @Test
    void while_one_replica_refreshes_the_ranking_another_leaves_it_to_that_one() throws SQLException {
        Person star = someone();

        try (OpenTransaction refreshing =
                OpenTransaction.of("SELECT pg_advisory_xact_lock(hashtextextended('profile ranking', 0))", Map.of())) {
            TopicTap.publish(followed(someone(), star), 1);
            await().atMost(SOON).until(() -> due(star) == 1);

            ranking().run().await().atMost(SOON);

            assertThat(rankedWith(star)).isZero();
            refreshing.commit();
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(rankedWith(star)).isEqualTo(1);
            assertThat(due(star)).isZero();
        });
    }

    private Chore ranking() {
        return chores.stream()
                .filter(chore -> chore.name().equals("ranking by followers"))
                .findFirst()
                .orElseThrow();
    }

    /** Somebody's refresh after a first follow, which goes on until the transaction is committed. */
    private static OpenTransaction refreshOf(Person star) throws SQLException {
        OpenTransaction refreshing = OpenTransaction.of(
                "SELECT FROM profile_ranking WHERE profile_id = $star FOR UPDATE", Map.of("star", star));
        TopicTap.publish(followed(someone(), star), 1);
        refreshing.awaitSomebodyBehind();
        return refreshing;
    }

    private static long rankedWith(Person person) {
        return Sql.asSuperuser().number("SELECT follower_count FROM profile_ranking WHERE profile_id = ?", person.id());
    }

    private static long due(Person person) {
        return Sql.asSuperuser().number("SELECT count(*) FROM ranking_due WHERE profile_id = ?", person.id());
    }
}
