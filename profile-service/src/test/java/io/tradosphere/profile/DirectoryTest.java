package io.tradosphere.profile;

import static io.tradosphere.profile.FollowerCountTest.followed;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class DirectoryTest {

    @Test
    void a_username_is_found_in_any_case_and_an_unknown_one_is_404() {
        TestUser alice = TestUser.stranger();
        String username = TestUser.freshUsername();
        alice.asking()
                .body(Map.of("username", username))
                .post("/v1/profiles")
                .then()
                .statusCode(201);

        TestUser.nobody()
                .get("/v1/profiles/{name}", username.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("id", equalTo(alice.id().toString()));
        TestUser.nobody()
                .get("/v1/profiles/nobody_here")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void pages_of_a_prefix_show_each_profile_once_while_others_are_created() {
        String prefix = "p" + UUID.randomUUID().toString().substring(0, 8);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(make(prefix + "_" + i));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Response page = TestUser.nobody().get("/v1/profiles?q=" + prefix + "&limit=3&cursor=" + cursor);
            page.then().statusCode(200);
            seen.addAll(page.path("items.username"));
            cursor = page.path("nextCursor");
            make(prefix + "late" + seen.size());
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsSubsequence("" + made.get(6), made.get(5), made.get(0));
        assertThat(seen).containsAll(made);
    }

    @Test
    void the_next_page_is_linked_and_an_invalid_cursor_or_limit_is_rejected() {
        make("l" + UUID.randomUUID().toString().substring(0, 8));
        make("l" + UUID.randomUUID().toString().substring(0, 8));

        TestUser.nobody()
                .get("/v1/profiles?limit=1")
                .then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""));
        TestUser.nobody().get("/v1/profiles?cursor=bm9uc2Vuc2U").then().statusCode(400);
        TestUser.nobody().get("/v1/profiles?limit=1000").then().statusCode(400);
        TestUser.nobody().get("/v1/profiles?limit=many").then().statusCode(400);
        TestUser.nobody().get("/v1/profiles?sort=luck").then().statusCode(400);
        TestUser.nobody().get("/v1/profiles?tier=king").then().statusCode(400);
    }

    @Test
    void the_most_followed_come_first_within_seconds() {
        TestUser star = userWithProfile();
        TestUser other = userWithProfile();
        for (int i = 0; i < 5; i++) {
            TopicReader.publish(followed(userWithProfile(), star), 1);
        }
        TopicReader.publish(followed(userWithProfile(), other), 1);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<String> order = TestUser.nobody()
                    .get("/v1/profiles?sort=followers&limit=100")
                    .path("items.id");
            assertThat(order)
                    .containsSubsequence(star.id().toString(), other.id().toString());
        });
    }

    private static String make(String username) {
        TestUser.stranger()
                .asking()
                .body(Map.of("username", username))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        return username;
    }
}
