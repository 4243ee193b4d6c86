package io.tradosphere.social.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FollowListTest {

    @Test
    void followers_are_listed_newest_first_with_their_usernames_to_anybody() {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = TestProfiles.known(3);
        fans.forEach(fan -> follow(fan, star));

        JsonPath page = TestUser.nobody()
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .body("nextCursor", nullValue())
                .body("items[0].username", notNullValue())
                .body("items[0].tier", equalTo("free"))
                .body("items[0].followedAt", notNullValue())
                .extract()
                .jsonPath();

        List<String> newestFirst = new ArrayList<>(TestProfiles.ids(fans.toArray(TestUser[]::new)));
        Collections.reverse(newestFirst);
        assertThat(page.<String>getList("items.profileId")).isEqualTo(newestFirst);
    }

    @Test
    void followed_profiles_are_listed_newest_first() {
        TestUser fan = TestProfiles.known();
        List<TestUser> stars = TestProfiles.known(3);
        stars.forEach(star -> follow(fan, star));

        JsonPath page =
                TestUser.nobody().get("/v1/follows/{id}/following", fan.id()).jsonPath();

        assertThat(page.<String>getList("items.profileId"))
                .containsExactly(
                        stars.get(2).id().toString(),
                        stars.get(1).id().toString(),
                        stars.get(0).id().toString());
    }

    @Test
    void pages_stay_stable_while_follows_start_and_end() {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = TestProfiles.known(7);
        fans.subList(0, 6).forEach(fan -> follow(fan, star));

        JsonPath first = page(star, 2, null);
        follow(fans.get(6), star);
        fans.get(5).asking().delete("/v1/follows/{id}", star.id()).then().statusCode(204);
        JsonPath second = page(star, 2, first.getString("nextCursor"));
        JsonPath third = page(star, 2, second.getString("nextCursor"));

        List<String> seen = new ArrayList<>();
        List.of(first, second, third).forEach(page -> seen.addAll(page.getList("items.profileId")));
        List<String> asTheyWere =
                new ArrayList<>(TestProfiles.ids(fans.subList(0, 6).toArray(TestUser[]::new)));
        Collections.reverse(asTheyWere);
        assertThat(seen).isEqualTo(asTheyWere);
        assertThat(third.getString("nextCursor")).isNull();
    }

    @Test
    void follows_of_the_same_instant_are_paged_without_loss_or_repetition() {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = TestProfiles.known(5);
        fans.forEach(fan -> follow(fan, star));
        Sql.asSuperuser()
                .execute(
                        "UPDATE follows SET created_at = (SELECT min(created_at) FROM follows WHERE following_id = ?) WHERE following_id = ?",
                        star.id(),
                        star.id());

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = page(star, 2, cursor);
            seen.addAll(page.getList("items.profileId"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(TestProfiles.ids(fans.toArray(TestUser[]::new)));
    }

    @Test
    void a_page_links_the_next() {
        TestUser star = TestProfiles.known();
        TestProfiles.known(2).forEach(fan -> follow(fan, star));

        TestUser.nobody()
                .get("/v1/follows/{id}/followers?limit=1", star.id())
                .then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""));
    }

    @Test
    void a_profile_without_followers_has_an_empty_list_and_an_unknown_one_none() {
        TestUser unknownToReplica = TestProfiles.unknownToReplica(Tier.GROW);

        TestUser.nobody()
                .get("/v1/follows/{id}/followers", unknownToReplica.id())
                .then()
                .statusCode(200)
                .body("items", empty());
        TestUser.nobody()
                .get("/v1/follows/{id}/following", UUID.randomUUID())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tradosphere.io/problems/unknown-profile"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=many",
                "cursor=!!!",
                "cursor=AAAA",
                "cursor=eAp5",
                "cursor=MjAyNi0xMS0yMlQyMDoxNTozMFoKeA"
            })
    void an_invalid_page_request_is_rejected(String query) {
        TestUser star = TestProfiles.known();

        TestUser.nobody()
                .get("/v1/follows/" + star.id() + "/followers?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static JsonPath page(TestUser star, int limit, String cursor) {
        return TestUser.nobody()
                .queryParam("limit", limit)
                .queryParam("cursor", cursor == null ? "" : cursor)
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void follow(TestUser fan, TestUser star) {
        fan.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }
}
