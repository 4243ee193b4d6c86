package io.tradosphere.social.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.social.Someone;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SuggestionTest {

    @Test
    void friends_of_friends_are_suggested_most_shared_first_and_paged_without_repetition() {
        Person me = Someone.known();
        List<Person> friends = Someone.known(3);
        List<Person> others = Someone.known(4);
        friends.forEach(friend -> follow(me, friend));
        friends.forEach(friend -> follow(friend, others.get(0)));
        friends.subList(0, 2).forEach(friend -> follow(friend, others.get(1)));
        follow(friends.get(0), others.get(2));
        follow(friends.get(0), others.get(3));

        List<String> expected = new ArrayList<>(Someone.ids(others.get(0), others.get(1)));
        Someone.ids(others.get(2), others.get(3)).stream()
                .sorted(Comparator.naturalOrder())
                .forEach(expected::add);
        List<String> seen = new ArrayList<>();
        List<Integer> shared = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = me.asking()
                    .get("/v1/follows/suggestions?limit=1&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .body("items[0].username", notNullValue())
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.profileId"));
            shared.addAll(page.getList("items.shared"));
            cursor = page.getString("nextCursor");
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(shared).containsExactly(3, 2, 1, 1);
    }

    @Test
    void nobody_is_suggested_whom_one_follows_is_or_has_anything_blocked_with() {
        Person me = Someone.known();
        Person friend = Someone.known();
        Person followedAlready = Someone.known();
        Person blockedByMe = Someone.known();
        Person blockedMe = Someone.known();
        follow(me, friend);
        follow(me, followedAlready);
        List.of(me, followedAlready, blockedByMe, blockedMe).forEach(person -> follow(friend, person));
        block(me, blockedByMe);
        block(blockedMe, me);

        me.asking().get("/v1/follows/suggestions").then().statusCode(200).body("items", empty());
    }

    @Test
    void whoever_follows_nobody_gets_no_suggestion_and_nobody_may_not_ask() {
        Someone.known()
                .asking()
                .get("/v1/follows/suggestions")
                .then()
                .statusCode(200)
                .body("items", empty());
        Person.nobody().get("/v1/follows/suggestions").then().statusCode(401);
        Someone.known()
                .asking()
                .get("/v1/follows/suggestions?cursor=eAp5")
                .then()
                .statusCode(400)
                .body("type", equalTo("https://tradosphere.io/problems/invalid-cursor"));
    }

    private static void follow(Person follower, Person star) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }

    private static void block(Person blocker, Person blocked) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
    }
}
