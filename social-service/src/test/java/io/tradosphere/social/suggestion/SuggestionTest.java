package io.tradosphere.social.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SuggestionTest {

    @Test
    void profiles_followed_by_followed_ones_are_suggested_most_shared_first_and_paged_without_repetition() {
        TestUser me = TestProfiles.known();
        List<TestUser> friends = TestProfiles.known(3);
        List<TestUser> others = TestProfiles.known(4);
        friends.forEach(friend -> follow(me, friend));
        friends.forEach(friend -> follow(friend, others.get(0)));
        friends.subList(0, 2).forEach(friend -> follow(friend, others.get(1)));
        follow(friends.get(0), others.get(2));
        follow(friends.get(0), others.get(3));

        List<String> expected = new ArrayList<>(TestProfiles.ids(others.get(0), others.get(1)));
        TestProfiles.ids(others.get(2), others.get(3)).stream()
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
    void followed_profiles_the_caller_itself_and_blocks_are_not_suggested() {
        TestUser me = TestProfiles.known();
        TestUser friend = TestProfiles.known();
        TestUser followedAlready = TestProfiles.known();
        TestUser blockedByMe = TestProfiles.known();
        TestUser blockedMe = TestProfiles.known();
        follow(me, friend);
        follow(me, followedAlready);
        List.of(me, followedAlready, blockedByMe, blockedMe).forEach(person -> follow(friend, person));
        block(me, blockedByMe);
        block(blockedMe, me);

        me.asking().get("/v1/follows/suggestions").then().statusCode(200).body("items", empty());
    }

    @Test
    void a_caller_without_follows_gets_no_suggestion_and_a_token_is_required() {
        TestProfiles.known()
                .asking()
                .get("/v1/follows/suggestions")
                .then()
                .statusCode(200)
                .body("items", empty());
        TestUser.nobody().get("/v1/follows/suggestions").then().statusCode(401);
        TestProfiles.known()
                .asking()
                .get("/v1/follows/suggestions?cursor=eAp5")
                .then()
                .statusCode(400)
                .body("type", equalTo("https://tradosphere.io/problems/invalid-cursor"));
    }

    private static void follow(TestUser follower, TestUser star) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }

    private static void block(TestUser blocker, TestUser blocked) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
    }
}
