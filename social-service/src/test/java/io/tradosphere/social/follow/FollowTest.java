package io.tradosphere.social.follow;

import static io.tradosphere.test.Told.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.social.Someone;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FollowTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_follow_is_stored_and_told_with_both_incarnations_and_the_trace_of_its_request() {
        Person follower = Someone.known();
        Person star = Someone.known();

        follower.asking()
                .header("traceparent", TRACE)
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(204);

        Told told = Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
        Followed followed = told.event(0, Followed.class);
        assertThat(followed.followerId()).isEqualTo(follower.id());
        assertThat(followed.followingId()).isEqualTo(star.id());
        assertThat(followed.followerIncarnation()).isEqualTo(1);
        assertThat(followed.followingIncarnation()).isEqualTo(1);
        assertThat(followed.followedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(told.header(0, Envelope.TRACEPARENT)).isEqualTo(TRACE);
        assertRelation(follower, star, true, false);
    }

    @Test
    void following_again_changes_nothing_and_tells_nothing() {
        Person follower = Someone.known();
        Person star = Someone.known();

        follow(follower, star, 204);
        follow(follower, star, 204);

        Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void of_32_identical_follows_at_once_all_succeed_and_one_is_told() {
        Person follower = Someone.known();
        Person star = Someone.known();
        Callable<Integer> call =
                () -> follower.asking().put("/v1/follows/" + star.id()).statusCode();

        List<Integer> statuses = AtOnce.run(Collections.nCopies(32, call));

        assertThat(statuses).containsOnly(204);
        Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void follows_and_unfollows_at_once_are_told_in_the_order_in_which_they_happened() {
        Person follower = Someone.known();
        Person star = Someone.known();
        List<Callable<Integer>> calls = IntStream.range(0, 24)
                .<Callable<Integer>>mapToObj(i -> () -> i % 2 == 0
                        ? follower.asking().put("/v1/follows/" + star.id()).statusCode()
                        : follower.asking().delete("/v1/follows/" + star.id()).statusCode())
                .toList();

        assertThat(AtOnce.run(calls)).containsOnly(204);

        Told.awaitEmptyOutbox();
        long stored = Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM follows WHERE follower_id = ? AND following_id = ?",
                        follower.id(),
                        star.id());
        List<String> types = Told.of(Topic.FOLLOWS, key(follower, star)).types();
        for (int i = 0; i < types.size(); i++) {
            assertThat(types.get(i))
                    .isEqualTo(List.of("social.followed", "social.unfollowed", TOMBSTONE)
                            .get(i % 3));
        }
        assertThat(types.size() % 3).isEqualTo((int) stored);
    }

    @Test
    void an_unfollow_is_told_and_ends_the_key() {
        Person follower = Someone.known();
        Person star = Someone.known();
        follow(follower, star, 204);

        follower.asking().delete("/v1/follows/" + star.id()).then().statusCode(204);

        Told told = Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed", "social.unfollowed", TOMBSTONE);
        Unfollowed unfollowed = told.event(1, Unfollowed.class);
        assertThat(unfollowed.followerIncarnation()).isEqualTo(1);
        assertThat(unfollowed.followingIncarnation()).isEqualTo(1);
        assertRelation(follower, star, false, false);
    }

    @Test
    void ending_a_follow_that_is_not_there_changes_nothing() {
        Person follower = Someone.known();
        Person star = Someone.known();

        follower.asking().delete("/v1/follows/" + star.id()).then().statusCode(204);
        follower.asking().delete("/v1/follows/" + follower.id()).then().statusCode(204);
        follower.asking().delete("/v1/follows/" + UUID.randomUUID()).then().statusCode(204);

        Told.exactly(Topic.FOLLOWS, key(follower, star));
    }

    @Test
    void a_follow_of_oneself_is_refused() {
        Person person = Someone.known();

        person.asking()
                .put("/v1/follows/" + person.id())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tradosphere.io/problems/self-follow"));
    }

    @Test
    void a_follow_of_nobody_is_refused() {
        Person follower = Someone.known();

        follower.asking()
                .put("/v1/follows/" + UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("type", equalTo("https://tradosphere.io/problems/unknown-profile"));
        follower.asking()
                .put("/v1/follows/not-an-id")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", notNullValue());
    }

    @Test
    void whoever_has_no_profile_cannot_follow() {
        Person star = Someone.known();

        Person.stranger()
                .asking()
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
    }

    @Test
    void without_a_token_nobody_follows() {
        Person star = Someone.known();

        Person.nobody()
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
    }

    @Test
    void people_of_whom_the_copy_has_not_heard_can_follow_and_be_followed_all_the_same() {
        Person follower = Someone.unheardOf(Tier.FREE);
        Person star = Someone.unheardOf(Tier.FREE);

        follow(follower, star, 204);

        Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void while_profile_service_is_away_only_those_wait_whom_the_copy_does_not_know() {
        Person follower = Someone.known();
        Person star = Someone.known();
        Person unheardOf = Someone.unheardOf(Tier.FREE);

        ProfileServiceDouble.whileAway(() -> {
            follow(follower, star, 204);
            follower.asking()
                    .put("/v1/follows/" + unheardOf.id())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("https://tradosphere.io/problems/profiles-away"));
        });

        follow(follower, unheardOf, 204);
    }

    @Test
    void a_follow_renewed_in_a_new_life_is_told_with_the_new_incarnation() {
        Person follower = Someone.known();
        Person star = Someone.known();
        follow(follower, star, 204);

        Someone.comesBack(follower, 2);
        follow(follower, star, 204);

        Told told = Told.exactly(Topic.FOLLOWS, key(follower, star), "social.followed", "social.followed");
        assertThat(told.event(1, Followed.class).followerIncarnation()).isEqualTo(2);
        assertThat(told.event(1, Followed.class).followedAt())
                .isAfter(told.event(0, Followed.class).followedAt());
    }

    @Test
    void the_relation_of_two_shows_who_follows_whom() {
        Person one = Someone.known();
        Person other = Someone.known();
        assertRelation(one, other, false, false);

        follow(one, other, 204);
        assertRelation(one, other, true, false);
        assertRelation(other, one, false, true);

        follow(other, one, 204);
        assertRelation(one, other, true, true);
        one.asking().get("/v1/follows/" + UUID.randomUUID()).then().statusCode(404);
        Person.nobody().get("/v1/follows/" + other.id()).then().statusCode(401);
    }

    @Test
    void the_api_document_names_every_call() {
        Person.nobody()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/v1/follows/{profileId}'.put.operationId", equalTo("follow"))
                .body("paths.'/v1/follows/{profileId}'.get.responses.'200'", notNullValue())
                .body("paths.'/v1/follows/{profileId}/followers'.get.responses.'200'", notNullValue())
                .body("paths.'/v1/follows/blocks/{profileId}'.put.operationId", equalTo("block"))
                .body("paths.'/v1/follows/suggestions'.get.operationId", equalTo("listFollowSuggestions"))
                .body("paths.'/v1/clans/{clanId}/members/{profileId}'.put.operationId", equalTo("setClanRole"))
                .body("components.schemas.FollowView.properties.keySet()", hasItem("username"));
    }

    private static void follow(Person follower, Person star, int status) {
        follower.asking().put("/v1/follows/" + star.id()).then().statusCode(status);
    }

    private static void assertRelation(Person asking, Person other, boolean following, boolean followedBy) {
        asking.asking()
                .get("/v1/follows/" + other.id())
                .then()
                .statusCode(200)
                .body("following", equalTo(following))
                .body("followedBy", equalTo(followedBy))
                .body("mutual", equalTo(following && followedBy));
    }

    private static String key(Person follower, Person star) {
        return follower.id() + ":" + star.id();
    }
}
