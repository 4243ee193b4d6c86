package io.tradosphere.profile;

import static io.tradosphere.profile.ProfileSteps.someone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
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
        Person star = someone();
        Person fan = someone();

        TopicTap.publish(followed(fan, star), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));

        TopicTap.publish(unfollowed(fan, star), 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isZero());
    }

    @Test
    void an_event_that_comes_again_or_late_changes_nothing() {
        Person star = someone();
        Person fan = someone();
        Person other = someone();
        UUID once = UUID.randomUUID();

        TopicTap.publish(followed(fan, star), once, 5);
        TopicTap.publish(followed(fan, star), once, 5);
        TopicTap.publish(unfollowed(fan, star), 6);
        TopicTap.publish(followed(fan, star), 7);
        TopicTap.publish(unfollowed(fan, star), 6);
        TopicTap.publish(followed(other, star), 8);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(2));
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM follow_edges WHERE following_id = ? AND active", star.id()))
                .isEqualTo(2);
    }

    @Test
    void a_record_that_is_no_event_is_parked_alone_and_the_rest_goes_on() {
        Person star = someone();
        Person fan = someone();
        String key = fan.id() + ":" + star.id();

        TopicTap.send("tradosphere.social.follows", key, "not json".getBytes(StandardCharsets.UTF_8), Map.of());
        TopicTap.publish(followed(fan, star), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM dead_letters WHERE letter_key LIKE ?", key + "#%"))
                .isEqualTo(1);
    }

    @Test
    void a_follow_of_an_earlier_life_does_not_count_for_the_present_one() {
        Person star = someone();
        Person fan = someone();
        long past = incarnationOf(star) - 1;

        TopicTap.publish(new Followed(fan.id(), incarnationOf(fan), star.id(), past, Instant.now()), 1);
        TopicTap.publish(followed(someone(), star), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(star)).isEqualTo(1));
    }

    @Test
    void a_follow_that_is_told_of_after_either_has_gone_leaves_nothing_behind() {
        Person here = someone();
        Person gone = someone();
        FollowEvent ofTheGone = followed(here, gone);
        FollowEvent byTheGone = followed(gone, here);
        FollowEvent endByTheGone = unfollowed(gone, someone());
        gone.asking().delete("/v1/profiles/me").then().statusCode(202);

        TopicTap.publish(ofTheGone, 1);
        TopicTap.publish(byTheGone, 1);
        TopicTap.publish(endByTheGone, 1);
        TopicTap.publish(followed(someone(), here), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM follow_edges WHERE ? IN (follower_id, following_id)",
                                        gone.id()))
                        .isZero());
    }

    @Test
    void a_follow_that_ends_while_it_is_being_forgotten_leaves_nothing_behind() throws SQLException {
        Person here = someone();
        Person gone = someone();
        FollowEvent end = unfollowed(gone, here);
        TopicTap.publish(followed(gone, here), 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(1));
        Sql.asSuperuser()
                .script(
                        "DELETE FROM profile_stats WHERE profile_id = $gone; DELETE FROM profiles WHERE id = $gone",
                        Map.of("gone", gone));

        try (OpenTransaction forgetting =
                OpenTransaction.of("DELETE FROM follow_edges WHERE follower_id = $gone", Map.of("gone", gone))) {
            TopicTap.publish(end, 2);
            forgetting.awaitSomebodyBehind();
            forgetting.commit();
        }

        TopicTap.publish(followed(someone(), here), 3);
        await().atMost(SOON).untilAsserted(() -> assertThat(followersOf(here)).isEqualTo(2));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM follow_edges WHERE follower_id = ?", gone.id()))
                .isZero();
    }

    static FollowEvent followed(Person fan, Person star) {
        return new Followed(fan.id(), incarnationOf(fan), star.id(), incarnationOf(star), Instant.now());
    }

    static FollowEvent unfollowed(Person fan, Person star) {
        return new Unfollowed(fan.id(), incarnationOf(fan), star.id(), incarnationOf(star), Instant.now());
    }

    static long incarnationOf(Person person) {
        return Sql.asSuperuser().number("SELECT incarnation FROM profiles WHERE id = ?", person.id());
    }

    static int followersOf(Person person) {
        return Person.nobody()
                .get("/v1/profiles/{id}", person.id())
                .then()
                .statusCode(200)
                .extract()
                .path("stats.followerCount");
    }
}
