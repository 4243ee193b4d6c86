package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class FollowerCountTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_follow_is_counted_and_its_end_uncounted() {
        TestUser star = userWithProfile();
        TestUser fan = userWithProfile();

        TopicReader.publish(followed(fan, star), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        TopicReader.publish(unfollowed(fan, star), 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isZero());
    }

    @Test
    void a_repeated_or_late_event_changes_nothing() {
        TestUser star = userWithProfile();
        TestUser fan = userWithProfile();
        TestUser other = userWithProfile();
        UUID once = UUID.randomUUID();

        TopicReader.publish(followed(fan, star), once, 5);
        TopicReader.publish(followed(fan, star), once, 5);
        TopicReader.publish(unfollowed(fan, star), 6);
        TopicReader.publish(followed(fan, star), 7);
        TopicReader.publish(unfollowed(fan, star), 6);
        TopicReader.publish(followed(other, star), 8);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(2));
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM follow_edges WHERE following_id = ? AND active", star.id()))
                .isEqualTo(2);
    }

    @Test
    void an_invalid_record_is_parked_alone_and_the_others_are_consumed() {
        TestUser star = userWithProfile();
        TestUser fan = userWithProfile();
        String key = fan.id() + ":" + star.id();

        TopicReader.send("tradosphere.social.follows", key, "not json".getBytes(StandardCharsets.UTF_8), Map.of());
        TopicReader.publish(followed(fan, star), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM dead_letters WHERE letter_key LIKE ?", key + "#%"))
                .isEqualTo(1);
    }

    @Test
    void a_follow_of_an_earlier_incarnation_does_not_count_for_the_present_one() {
        TestUser star = userWithProfile();
        TestUser fan = userWithProfile();
        long past = incarnationOf(star) - 1;

        TopicReader.publish(new Followed(fan.id(), incarnationOf(fan), star.id(), past, Instant.now()), 1);
        TopicReader.publish(followed(userWithProfile(), star), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
    }

    @Test
    void a_follow_published_after_either_was_erased_leaves_no_row() {
        TestUser here = userWithProfile();
        TestUser erased = userWithProfile();
        FollowEvent ofErased = followed(here, erased);
        FollowEvent byErased = followed(erased, here);
        FollowEvent endByErased = unfollowed(erased, userWithProfile());
        erased.asking().delete("/v1/profiles/me").then().statusCode(202);

        TopicReader.publish(ofErased, 1);
        TopicReader.publish(byErased, 1);
        TopicReader.publish(endByErased, 1);
        TopicReader.publish(followed(userWithProfile(), here), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM follow_edges WHERE ? IN (follower_id, following_id)",
                                        erased.id()))
                        .isZero());
    }

    @Test
    void a_follow_that_ends_while_it_is_being_erased_leaves_no_row() throws SQLException {
        TestUser here = userWithProfile();
        TestUser erased = userWithProfile();
        FollowEvent end = unfollowed(erased, here);
        TopicReader.publish(followed(erased, here), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(1));
        Sql.asSuperuser()
                .script(
                        "DELETE FROM profile_stats WHERE profile_id = $erased; DELETE FROM profiles WHERE id = $erased",
                        Map.of("erased", erased));

        try (OpenTransaction erasure =
                OpenTransaction.of("DELETE FROM follow_edges WHERE follower_id = $erased", Map.of("erased", erased))) {
            TopicReader.publish(end, 2);
            erasure.awaitSomebodyBehind();
            erasure.commit();
        }

        TopicReader.publish(followed(userWithProfile(), here), 3);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(2));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM follow_edges WHERE follower_id = ?", erased.id()))
                .isZero();
    }

    static FollowEvent followed(TestUser fan, TestUser star) {
        return new Followed(fan.id(), incarnationOf(fan), star.id(), incarnationOf(star), Instant.now());
    }

    static FollowEvent unfollowed(TestUser fan, TestUser star) {
        return new Unfollowed(fan.id(), incarnationOf(fan), star.id(), incarnationOf(star), Instant.now());
    }

    static long incarnationOf(TestUser person) {
        return Sql.asSuperuser().number("SELECT incarnation FROM profiles WHERE id = ?", person.id());
    }

    static int followersOf(TestUser person) {
        return TestUser.nobody()
                .get("/v1/profiles/{id}", person.id())
                .then()
                .statusCode(200)
                .extract()
                .path("stats.followerCount");
    }
}
