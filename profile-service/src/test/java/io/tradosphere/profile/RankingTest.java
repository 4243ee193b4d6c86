package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.FollowerCountTest.followersOf;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ranking by followers during a refresh. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RankingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Any
    @Inject
    Instance<ScheduledJob> jobs;

    @Test
    void followers_are_counted_during_a_refresh_of_the_ranking() throws SQLException {
        TestUser star = userWithProfile();

        try (OpenTransaction refreshing = refreshOf(star)) {
            TopicReader.publish(followed(userWithProfile(), star), 2);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(2));
            refreshing.commit();
        }
    }

    @Test
    void a_count_that_changes_during_a_refresh_is_refreshed_again() throws SQLException {
        TestUser star = userWithProfile();

        try (OpenTransaction refreshing = refreshOf(star)) {
            TopicReader.publish(followed(userWithProfile(), star), 2);
            await().atMost(SOON).until(() -> followersOf(star) == 2);
            refreshing.commit();
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(rankedWith(star)).isEqualTo(2);
            assertThat(due(star)).isZero();
        });
    }

    @Test
    void only_one_replica_refreshes_the_ranking_at_a_time() throws SQLException {
        TestUser star = userWithProfile();

        try (OpenTransaction refreshing =
                OpenTransaction.of("SELECT pg_advisory_xact_lock(hashtextextended('profile:ranking', 0))", Map.of())) {
            TopicReader.publish(followed(userWithProfile(), star), 1);
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

    private ScheduledJob ranking() {
        return jobs.stream()
                .filter(job -> job.name().equals("ranking by followers"))
                .findFirst()
                .orElseThrow();
    }

    /** A refresh after a first follow, in progress until the transaction is committed. */
    private static OpenTransaction refreshOf(TestUser star) throws SQLException {
        OpenTransaction refreshing = OpenTransaction.of(
                "SELECT FROM profile_ranking WHERE profile_id = $star FOR UPDATE", Map.of("star", star));
        TopicReader.publish(followed(userWithProfile(), star), 1);
        refreshing.awaitSomebodyBehind();
        return refreshing;
    }

    private static long rankedWith(TestUser person) {
        return Sql.asSuperuser().number("SELECT follower_count FROM profile_ranking WHERE profile_id = ?", person.id());
    }

    private static long due(TestUser person) {
        return Sql.asSuperuser().number("SELECT count(*) FROM ranking_due WHERE profile_id = ?", person.id());
    }
}
