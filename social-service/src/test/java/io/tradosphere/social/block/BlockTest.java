package io.tradosphere.social.block;

import static io.tradosphere.test.PublishedEvents.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class BlockTest {

    @Test
    void a_block_ends_the_follows_both_ways_and_publishes_all_three() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        follow(blocker, blocked, 204);
        follow(blocked, blocker, 204);

        block(blocker, blocked, 204);

        PublishedEvents published = PublishedEvents.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
        assertThat(published.event(0, Blocked.class).blockerIncarnation()).isEqualTo(1);
        assertThat(published.event(0, Blocked.class).blockedIncarnation()).isEqualTo(1);
        PublishedEvents.exactly(
                Topic.FOLLOWS, key(blocker, blocked), "social.followed", "social.unfollowed", TOMBSTONE);
        PublishedEvents.exactly(
                Topic.FOLLOWS, key(blocked, blocker), "social.followed", "social.unfollowed", TOMBSTONE);
        assertThat(followsBetween(blocker, blocked)).isZero();
    }

    @Test
    void a_blocked_profile_cannot_follow_and_the_blocker_must_unblock_first() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        block(blocker, blocked, 204);

        blocked.asking()
                .put("/v1/follows/{id}", blocker.id())
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/blocked"));
        blocker.asking()
                .put("/v1/follows/{id}", blocked.id())
                .then()
                .statusCode(403)
                .body("type", equalTo("https://tradosphere.io/problems/blocked"))
                .body("detail", containsString("unblock"));

        PublishedEvents.exactly(Topic.FOLLOWS, key(blocked, blocker));
        PublishedEvents.exactly(Topic.FOLLOWS, key(blocker, blocked));
    }

    @Test
    void a_removed_block_is_published_with_a_tombstone_and_permits_follows_again() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        block(blocker, blocked, 204);

        blocker.asking().delete("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
        blocker.asking().delete("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);

        PublishedEvents.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked", "social.unblocked", TOMBSTONE);
        follow(blocked, blocker, 204);
    }

    @Test
    void blocking_again_changes_nothing_even_concurrently() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        Callable<Integer> call = () ->
                blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).statusCode();

        assertThat(Concurrently.run(Collections.nCopies(8, call))).containsOnly(204);

        PublishedEvents.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
    }

    @Test
    void two_profiles_that_block_each_other_concurrently_both_succeed() {
        TestUser one = TestProfiles.known();
        TestUser other = TestProfiles.known();
        follow(one, other, 204);
        follow(other, one, 204);

        List<Integer> statuses = Concurrently.run(List.of(
                () -> one.asking().put("/v1/follows/blocks/{id}", other.id()).statusCode(),
                () -> other.asking().put("/v1/follows/blocks/{id}", one.id()).statusCode()));

        assertThat(statuses).containsOnly(204);
        PublishedEvents.exactly(Topic.BLOCKS, key(one, other), "social.blocked");
        PublishedEvents.exactly(Topic.BLOCKS, key(other, one), "social.blocked");
        assertThat(followsBetween(one, other)).isZero();
    }

    @RepeatedTest(5)
    void no_follow_survives_a_concurrent_block() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        List<Callable<Integer>> calls = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(i -> () -> i == 8
                        ? blocker.asking()
                                .put("/v1/follows/blocks/{id}", blocked.id())
                                .statusCode()
                        : i % 2 == 0
                                ? blocked.asking()
                                        .put("/v1/follows/{id}", blocker.id())
                                        .statusCode()
                                : blocker.asking()
                                        .put("/v1/follows/{id}", blocked.id())
                                        .statusCode())
                .toList();

        assertThat(Concurrently.run(calls)).containsAnyOf(204).isSubsetOf(204, 403);

        assertThat(followsBetween(blocker, blocked)).isZero();
        List<String> published =
                PublishedEvents.of(Topic.FOLLOWS, key(blocked, blocker)).types();
        assertThat(published).isIn(List.of(), List.of("social.followed", "social.unfollowed", TOMBSTONE));
    }

    @Test
    void a_block_of_oneself_or_with_an_unknown_profile_is_rejected() {
        TestUser person = TestProfiles.known();

        person.asking()
                .put("/v1/follows/blocks/{id}", person.id())
                .then()
                .statusCode(400)
                .body("type", equalTo("https://tradosphere.io/problems/self-block"));
        block(person, TestUser.stranger(), 404);
        block(TestUser.stranger(), person, 403);
        person.asking().put("/v1/follows/blocks/nobody").then().statusCode(404);
        TestUser.nobody().put("/v1/follows/blocks/{id}", person.id()).then().statusCode(401);
        person.asking()
                .delete("/v1/follows/blocks/{id}", UUID.randomUUID())
                .then()
                .statusCode(204);
    }

    @Test
    void profiles_missing_in_the_replica_can_be_blocked() {
        TestUser blocker = TestProfiles.unknownToReplica(Tier.FREE);
        TestUser blocked = TestProfiles.unknownToReplica(Tier.FREE);

        block(blocker, blocked, 204);

        PublishedEvents.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
    }

    @Test
    void a_block_renewed_after_a_return_is_published_with_the_new_incarnation() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        block(blocker, blocked, 204);

        TestProfiles.publishNewIncarnation(blocked, 2);
        block(blocker, blocked, 204);

        PublishedEvents published =
                PublishedEvents.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked", "social.blocked");
        assertThat(published.event(1, Blocked.class).blockedIncarnation()).isEqualTo(2);
    }

    @Test
    void only_the_callers_blocks_are_listed_newest_first() {
        TestUser blocker = TestProfiles.known();
        List<TestUser> blocked = TestProfiles.known(3);
        blocked.forEach(person -> block(blocker, person, 204));

        String cursor = blocker.asking()
                .get("/v1/follows/blocks?limit=2")
                .then()
                .statusCode(200)
                .body("items[0].profileId", equalTo(blocked.get(2).id().toString()))
                .body("items[0].username", notNullValue())
                .body("items[1].profileId", equalTo(blocked.get(1).id().toString()))
                .extract()
                .path("nextCursor");
        blocker.asking()
                .get("/v1/follows/blocks?limit=2&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].profileId", equalTo(blocked.get(0).id().toString()));
        blocked.get(0).asking().get("/v1/follows/blocks").then().statusCode(200).body("items", empty());
        TestUser.nobody().get("/v1/follows/blocks").then().statusCode(401);
    }

    private static long followsBetween(TestUser one, TestUser other) {
        return Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM follows WHERE (follower_id, following_id) IN ((?, ?), (?, ?))",
                        one.id(),
                        other.id(),
                        other.id(),
                        one.id());
    }

    private static void block(TestUser blocker, TestUser blocked, int status) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(status);
    }

    private static void follow(TestUser follower, TestUser star, int status) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(status);
    }

    private static String key(TestUser one, TestUser other) {
        return one.id() + ":" + other.id();
    }
}
