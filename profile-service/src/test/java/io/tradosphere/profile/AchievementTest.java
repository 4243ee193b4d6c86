package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class AchievementTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_profile_that_comes_to_qualify_earns_it_once_and_an_event_is_published() {
        String name = make("followerCount", 2);
        TestUser star = userWithProfile();

        TopicReader.publish(followed(userWithProfile(), star), 1);
        TopicReader.publish(followed(userWithProfile(), star), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(earned(star)).contains(name));
        TopicReader.publish(followed(userWithProfile(), star), 1);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(FollowerCountTest.followersOf(star)).isEqualTo(3));
        assertThat(earned(star)).containsOnlyOnce(name);
        assertThat(TopicReader.await(Topic.ACHIEVEMENTS, star.id().toString(), 1))
                .isNotEmpty();
    }

    @Test
    void a_profile_that_qualified_before_it_existed_earns_it_too() {
        TestUser star = userWithProfile();
        TopicReader.publish(followed(userWithProfile(), star), 1);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(FollowerCountTest.followersOf(star)).isEqualTo(1));

        String name = make("followerCount", 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(earned(star)).contains(name));
    }

    @Test
    void only_an_admin_creates_one_and_only_with_valid_criteria() {
        userWithProfile()
                .asking()
                .body(achievement("x", "followerCount", 1))
                .post("/v1/achievements")
                .then()
                .statusCode(403);
        TestUser.withRole("platform-admin")
                .asking()
                .body(achievement("y" + UUID.randomUUID(), "luck", 1))
                .post("/v1/achievements")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("criteria.all.[0].metric"));
    }

    static String make(String metric, int gte) {
        String name = "Achievement " + UUID.randomUUID();
        TestUser.withRole("platform-admin")
                .asking()
                .body(achievement(name, metric, gte))
                .post("/v1/achievements")
                .then()
                .statusCode(201);
        return name;
    }

    private static Map<String, Object> achievement(String name, String metric, int gte) {
        return Map.of(
                "name",
                name,
                "description",
                "For a test",
                "category",
                "community",
                "criteria",
                Map.of("all", List.of(Map.of("metric", metric, "gte", gte))));
    }

    static List<String> earned(TestUser person) {
        return TestUser.nobody()
                .queryParam("limit", 100)
                .get("/v1/profiles/{id}/achievements", person.id())
                .then()
                .statusCode(200)
                .extract()
                .path("items.achievement.name");
    }
}
