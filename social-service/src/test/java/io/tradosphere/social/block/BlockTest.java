package io.tradosphere.social.block;

import static io.tradosphere.test.Told.TOMBSTONE;
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
import io.tradosphere.social.Someone;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
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
    void a_block_ends_the_follows_both_ways_and_tells_of_all_three() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        follow(blocker, blocked, 204);
        follow(blocked, blocker, 204);

        block(blocker, blocked, 204);

        Told told = Told.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
        assertThat(told.event(0, Blocked.class).blockerIncarnation()).isEqualTo(1);
        assertThat(told.event(0, Blocked.class).blockedIncarnation()).isEqualTo(1);
        Told.exactly(Topic.FOLLOWS, key(blocker, blocked), "social.followed", "social.unfollowed", TOMBSTONE);
        Told.exactly(Topic.FOLLOWS, key(blocked, blocker), "social.followed", "social.unfollowed", TOMBSTONE);
        assertThat(followsBetween(blocker, blocked)).isZero();
    }

    @Test
    void whoever_is_blocked_cannot_follow_and_the_blocker_is_told_to_unblock_first() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
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

        Told.exactly(Topic.FOLLOWS, key(blocked, blocker));
        Told.exactly(Topic.FOLLOWS, key(blocker, blocked));
    }

    @Test
    void a_lifted_block_is_told_ends_its_key_and_lets_follow_again() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        block(blocker, blocked, 204);

        blocker.asking().delete("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
        blocker.asking().delete("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);

        Told.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked", "social.unblocked", TOMBSTONE);
        follow(blocked, blocker, 204);
    }

    @Test
    void blocking_again_changes_nothing_also_when_it_happens_at_once() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        Callable<Integer> call = () ->
                blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).statusCode();

        assertThat(AtOnce.run(Collections.nCopies(8, call))).containsOnly(204);

        Told.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
    }

    @Test
    void two_who_block_each_other_at_once_both_succeed() {
        Person one = Someone.known();
        Person other = Someone.known();
        follow(one, other, 204);
        follow(other, one, 204);

        List<Integer> statuses = AtOnce.run(List.of(
                () -> one.asking().put("/v1/follows/blocks/{id}", other.id()).statusCode(),
                () -> other.asking().put("/v1/follows/blocks/{id}", one.id()).statusCode()));

        assertThat(statuses).containsOnly(204);
        Told.exactly(Topic.BLOCKS, key(one, other), "social.blocked");
        Told.exactly(Topic.BLOCKS, key(other, one), "social.blocked");
        assertThat(followsBetween(one, other)).isZero();
    }

    @RepeatedTest(5)
    void no_follow_survives_a_block_that_comes_at_the_same_time() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
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

        assertThat(AtOnce.run(calls)).containsAnyOf(204).isSubsetOf(204, 403);

        assertThat(followsBetween(blocker, blocked)).isZero();
        List<String> told = Told.of(Topic.FOLLOWS, key(blocked, blocker)).types();
        assertThat(told).isIn(List.of(), List.of("social.followed", "social.unfollowed", TOMBSTONE));
    }

    @Test
    void a_block_of_oneself_of_nobody_or_by_nobody_is_refused() {
        Person person = Someone.known();

        person.asking()
                .put("/v1/follows/blocks/{id}", person.id())
                .then()
                .statusCode(400)
                .body("type", equalTo("https://tradosphere.io/problems/self-block"));
        block(person, Person.stranger(), 404);
        block(Person.stranger(), person, 403);
        person.asking().put("/v1/follows/blocks/nobody").then().statusCode(404);
        Person.nobody().put("/v1/follows/blocks/{id}", person.id()).then().statusCode(401);
        person.asking()
                .delete("/v1/follows/blocks/{id}", UUID.randomUUID())
                .then()
                .statusCode(204);
    }

    @Test
    void people_of_whom_the_copy_has_not_heard_can_be_blocked() {
        Person blocker = Someone.unheardOf(Tier.FREE);
        Person blocked = Someone.unheardOf(Tier.FREE);

        block(blocker, blocked, 204);

        Told.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked");
    }

    @Test
    void a_block_renewed_in_a_new_life_is_told_with_the_new_incarnation() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        block(blocker, blocked, 204);

        Someone.comesBack(blocked, 2);
        block(blocker, blocked, 204);

        Told told = Told.exactly(Topic.BLOCKS, key(blocker, blocked), "social.blocked", "social.blocked");
        assertThat(told.event(1, Blocked.class).blockedIncarnation()).isEqualTo(2);
    }

    @Test
    void ones_own_blocks_are_listed_newest_first_and_nobody_elses() {
        Person blocker = Someone.known();
        List<Person> blocked = Someone.known(3);
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
        Person.nobody().get("/v1/follows/blocks").then().statusCode(401);
    }

    private static long followsBetween(Person one, Person other) {
        return Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM follows WHERE (follower_id, following_id) IN ((?, ?), (?, ?))",
                        one.id(),
                        other.id(),
                        other.id(),
                        one.id());
    }

    private static void block(Person blocker, Person blocked, int status) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(status);
    }

    private static void follow(Person follower, Person star, int status) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(status);
    }

    private static String key(Person one, Person other) {
        return one.id() + ":" + other.id();
    }
}
