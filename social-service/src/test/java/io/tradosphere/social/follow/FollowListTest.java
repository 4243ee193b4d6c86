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
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
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
        Person star = Someone.known();
        List<Person> fans = Someone.known(3);
        fans.forEach(fan -> follow(fan, star));

        JsonPath page = Person.nobody()
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .body("nextCursor", nullValue())
                .body("items[0].username", notNullValue())
                .body("items[0].tier", equalTo("free"))
                .body("items[0].followedAt", notNullValue())
                .extract()
                .jsonPath();

        List<String> newestFirst = new ArrayList<>(Someone.ids(fans.toArray(Person[]::new)));
        Collections.reverse(newestFirst);
        assertThat(page.<String>getList("items.profileId")).isEqualTo(newestFirst);
    }

    @Test
    void whom_somebody_follows_is_listed_newest_first() {
        Person fan = Someone.known();
        List<Person> stars = Someone.known(3);
        stars.forEach(star -> follow(fan, star));

        JsonPath page =
                Person.nobody().get("/v1/follows/{id}/following", fan.id()).jsonPath();

        assertThat(page.<String>getList("items.profileId"))
                .containsExactly(
                        stars.get(2).id().toString(),
                        stars.get(1).id().toString(),
                        stars.get(0).id().toString());
    }

    @Test
    void pages_stay_stable_while_people_come_and_go() {
        Person star = Someone.known();
        List<Person> fans = Someone.known(7);
        fans.subList(0, 6).forEach(fan -> follow(fan, star));

        JsonPath first = page(star, 2, null);
        follow(fans.get(6), star);
        fans.get(5).asking().delete("/v1/follows/{id}", star.id()).then().statusCode(204);
        JsonPath second = page(star, 2, first.getString("nextCursor"));
        JsonPath third = page(star, 2, second.getString("nextCursor"));

        List<String> seen = new ArrayList<>();
        List.of(first, second, third).forEach(page -> seen.addAll(page.getList("items.profileId")));
        List<String> asTheyWere = new ArrayList<>(Someone.ids(fans.subList(0, 6).toArray(Person[]::new)));
        Collections.reverse(asTheyWere);
        assertThat(seen).isEqualTo(asTheyWere);
        assertThat(third.getString("nextCursor")).isNull();
    }

    @Test
    void follows_of_the_same_instant_are_paged_without_loss_or_repetition() {
        Person star = Someone.known();
        List<Person> fans = Someone.known(5);
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

        assertThat(seen).containsExactlyInAnyOrderElementsOf(Someone.ids(fans.toArray(Person[]::new)));
    }

    @Test
    void a_page_names_the_next() {
        Person star = Someone.known();
        Someone.known(2).forEach(fan -> follow(fan, star));

        Person.nobody()
                .get("/v1/follows/{id}/followers?limit=1", star.id())
                .then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""));
    }

    @Test
    void somebody_without_followers_has_an_empty_list_and_nobody_has_none() {
        Person unheardOf = Someone.unheardOf(Tier.GROW);

        Person.nobody()
                .get("/v1/follows/{id}/followers", unheardOf.id())
                .then()
                .statusCode(200)
                .body("items", empty());
        Person.nobody()
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
    void a_bad_page_request_is_refused(String query) {
        Person star = Someone.known();

        Person.nobody()
                .get("/v1/follows/" + star.id() + "/followers?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private static JsonPath page(Person star, int limit, String cursor) {
        return Person.nobody()
                .queryParam("limit", limit)
                .queryParam("cursor", cursor == null ? "" : cursor)
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void follow(Person fan, Person star) {
        fan.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }
}
