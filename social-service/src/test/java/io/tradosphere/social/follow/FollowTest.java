package io.tradosphere.social.follow;

import static io.tradosphere.test.PublishedEvents.TOMBSTONE;
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
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
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
    void a_follow_is_stored_and_published_with_both_incarnations_and_the_trace_of_its_request() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();

        follower.asking()
                .header("traceparent", TRACE)
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(204);

        PublishedEvents published = PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
        Followed followed = published.event(0, Followed.class);
        assertThat(followed.followerId()).isEqualTo(follower.id());
        assertThat(followed.followingId()).isEqualTo(star.id());
        assertThat(followed.followerIncarnation()).isEqualTo(1);
        assertThat(followed.followingIncarnation()).isEqualTo(1);
        assertThat(followed.followedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(published.header(0, Envelope.TRACEPARENT)).isEqualTo(TRACE);
        assertRelation(follower, star, true, false);
    }

    @Test
    void following_again_changes_and_publishes_nothing() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();

        follow(follower, star, 204);
        follow(follower, star, 204);

        PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void of_32_identical_concurrent_follows_all_succeed_and_one_is_published() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();
        Callable<Integer> call =
                () -> follower.asking().put("/v1/follows/" + star.id()).statusCode();

        List<Integer> statuses = Concurrently.run(Collections.nCopies(32, call));

        assertThat(statuses).containsOnly(204);
        PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void concurrent_follows_and_unfollows_are_published_in_commit_order() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();
        List<Callable<Integer>> calls = IntStream.range(0, 24)
                .<Callable<Integer>>mapToObj(i -> () -> i % 2 == 0
                        ? follower.asking().put("/v1/follows/" + star.id()).statusCode()
                        : follower.asking().delete("/v1/follows/" + star.id()).statusCode())
                .toList();

        assertThat(Concurrently.run(calls)).containsOnly(204);

        PublishedEvents.awaitEmptyOutbox();
        long stored = Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM follows WHERE follower_id = ? AND following_id = ?",
                        follower.id(),
                        star.id());
        List<String> types =
                PublishedEvents.of(Topic.FOLLOWS, key(follower, star)).types();
        for (int i = 0; i < types.size(); i++) {
            assertThat(types.get(i))
                    .isEqualTo(List.of("social.followed", "social.unfollowed", TOMBSTONE)
                            .get(i % 3));
        }
        assertThat(types.size() % 3).isEqualTo((int) stored);
    }

    @Test
    void an_unfollow_is_published_with_a_tombstone() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();
        follow(follower, star, 204);

        follower.asking().delete("/v1/follows/" + star.id()).then().statusCode(204);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.FOLLOWS, key(follower, star), "social.followed", "social.unfollowed", TOMBSTONE);
        Unfollowed unfollowed = published.event(1, Unfollowed.class);
        assertThat(unfollowed.followerIncarnation()).isEqualTo(1);
        assertThat(unfollowed.followingIncarnation()).isEqualTo(1);
        assertRelation(follower, star, false, false);
    }

    @Test
    void ending_a_missing_follow_changes_nothing() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();

        follower.asking().delete("/v1/follows/" + star.id()).then().statusCode(204);
        follower.asking().delete("/v1/follows/" + follower.id()).then().statusCode(204);
        follower.asking().delete("/v1/follows/" + UUID.randomUUID()).then().statusCode(204);

        PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star));
    }

    @Test
    void a_follow_of_oneself_is_rejected() {
        TestUser person = TestProfiles.known();

        person.asking()
                .put("/v1/follows/" + person.id())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("https://tradosphere.io/problems/self-follow"));
    }

    @Test
    void a_follow_of_an_unknown_profile_is_rejected() {
        TestUser follower = TestProfiles.known();

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
    void a_caller_without_a_profile_cannot_follow() {
        TestUser star = TestProfiles.known();

        TestUser.stranger()
                .asking()
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/profile-required"));
    }

    @Test
    void a_follow_requires_a_token() {
        TestUser star = TestProfiles.known();

        TestUser.nobody()
                .put("/v1/follows/" + star.id())
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", notNullValue());
    }

    @Test
    void profiles_missing_in_the_replica_can_follow_and_be_followed() {
        TestUser follower = TestProfiles.unknownToReplica(Tier.FREE);
        TestUser star = TestProfiles.unknownToReplica(Tier.FREE);

        follow(follower, star, 204);

        PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star), "social.followed");
    }

    @Test
    void without_profile_service_only_follows_of_profiles_missing_in_the_replica_fail() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();
        TestUser unknownToReplica = TestProfiles.unknownToReplica(Tier.FREE);

        ProfileServiceDouble.whileAway(() -> {
            follow(follower, star, 204);
            follower.asking()
                    .put("/v1/follows/" + unknownToReplica.id())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("type", equalTo("https://tradosphere.io/problems/profiles-away"));
        });

        follow(follower, unknownToReplica, 204);
    }

    @Test
    void a_follow_renewed_after_a_return_is_published_with_the_new_incarnation() {
        TestUser follower = TestProfiles.known();
        TestUser star = TestProfiles.known();
        follow(follower, star, 204);

        TestProfiles.publishNewIncarnation(follower, 2);
        follow(follower, star, 204);

        PublishedEvents published =
                PublishedEvents.exactly(Topic.FOLLOWS, key(follower, star), "social.followed", "social.followed");
        assertThat(published.event(1, Followed.class).followerIncarnation()).isEqualTo(2);
        assertThat(published.event(1, Followed.class).followedAt())
                .isAfter(published.event(0, Followed.class).followedAt());
    }

    @Test
    void the_relation_shows_the_follows_in_both_directions() {
        TestUser one = TestProfiles.known();
        TestUser other = TestProfiles.known();
        assertRelation(one, other, false, false);

        follow(one, other, 204);
        assertRelation(one, other, true, false);
        assertRelation(other, one, false, true);

        follow(other, one, 204);
        assertRelation(one, other, true, true);
        one.asking().get("/v1/follows/" + UUID.randomUUID()).then().statusCode(404);
        TestUser.nobody().get("/v1/follows/" + other.id()).then().statusCode(401);
    }

    @Test
    void the_api_document_lists_every_operation() {
        TestUser.nobody()
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
                .body("components.schemas.FollowedProfile.properties.keySet()", hasItem("username"));
    }

    private static void follow(TestUser follower, TestUser star, int status) {
        follower.asking().put("/v1/follows/" + star.id()).then().statusCode(status);
    }

    private static void assertRelation(TestUser asking, TestUser other, boolean following, boolean followedBy) {
        asking.asking()
                .get("/v1/follows/" + other.id())
                .then()
                .statusCode(200)
                .body("following", equalTo(following))
                .body("followedBy", equalTo(followedBy))
                .body("mutual", equalTo(following && followedBy));
    }

    private static String key(TestUser follower, TestUser star) {
        return follower.id() + ":" + star.id();
    }
}
