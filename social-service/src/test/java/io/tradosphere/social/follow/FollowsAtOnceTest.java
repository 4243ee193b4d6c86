package io.tradosphere.social.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.SecondOpinion;
import io.tradosphere.social.Someone;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Follows that come while others are under way are committed together; nobody is to notice. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FollowsAtOnceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Follows follows;

    @Inject
    Slice slice;

    @Inject
    SecondOpinion opinion;

    @Test
    void of_many_who_follow_at_once_everybody_gets_their_own_answer() throws SQLException {
        Person star = Someone.known();
        List<Person> fans = people(20);
        Person blocked = Someone.known();
        Person blocking = Someone.known();
        Person stranger = Person.stranger();
        star.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
        blocking.asking().put("/v1/follows/blocks/{id}", star.id()).then().statusCode(204);
        List<Callable<Integer>> calls = new ArrayList<>();
        fans.forEach(fan -> calls.add(() -> follow(fan, star.id())));
        calls.add(5, () -> follow(blocked, star.id()));
        calls.add(9, () -> follow(blocking, star.id()));
        calls.add(13, () -> follow(stranger, star.id()));
        calls.add(17, () -> follow(fans.get(0), UUID.randomUUID()));

        List<Integer> statuses = AtOnce.runBehindALockOf("follows", calls);

        assertThat(statuses).hasSize(24);
        assertThat(List.of(statuses.get(5), statuses.get(9), statuses.get(13), statuses.get(17)))
                .containsExactly(403, 403, 403, 404);
        assertThat(statuses.stream().filter(status -> status == 204)).hasSize(20);
        fans.forEach(fan -> Told.exactly(Topic.FOLLOWS, fan.id() + ":" + star.id(), "social.followed"));
    }

    @Test
    void each_of_the_follows_that_are_committed_together_is_told_with_the_trace_of_its_own_request()
            throws SQLException {
        Person star = Someone.known();
        List<Person> fans = people(12);
        List<Callable<Integer>> calls = fans.stream()
                .<Callable<Integer>>map(fan -> () -> fan.asking()
                        .header("traceparent", trace(fan))
                        .put("/v1/follows/{id}", star.id())
                        .statusCode())
                .toList();

        AtOnce.runBehindALockOf("follows", calls);

        fans.forEach(fan -> assertThat(Told.exactly(Topic.FOLLOWS, fan.id() + ":" + star.id(), "social.followed")
                        .header(0, Envelope.TRACEPARENT))
                .isEqualTo(trace(fan)));
    }

    @Test
    void who_has_to_wait_for_a_lock_keeps_nobody_else_from_following() throws SQLException {
        Person star = Someone.known();
        Person waiting = Someone.known();
        try (OpenTransaction lock =
                OpenTransaction.of("SELECT lock_pair($star, $waiting)", Map.of("star", star, "waiting", waiting))) {
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> follow(waiting, star.id()));
            List<CompletableFuture<Integer>> more = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> follow(waiting, star.id())))
                    .limit(4)
                    .toList();
            lock.awaitSomebodyBehind();

            List<Integer> others = AtOnce.run(people(24).stream()
                    .<Callable<Integer>>map(fan -> () -> follow(fan, star.id()))
                    .toList());

            assertThat(others).containsOnly(204);
            assertThat(late).isNotDone();
            lock.commit();
            assertThat(late.join()).isEqualTo(204);
            assertThat(more.stream().map(CompletableFuture::join)).containsOnly(204);
        }
    }

    @Test
    void replicas_that_commit_the_same_follows_and_those_the_other_way_in_groups_of_their_own_lose_and_double_none() {
        List<Follows> replicas = List.of(follows, new Follows(slice, opinion));
        List<Person> people = people(6);
        List<Callable<Void>> calls = new ArrayList<>();
        people.forEach(follower -> people.stream()
                .filter(followed -> followed != follower)
                .forEach(followed -> replicas.forEach(replica ->
                        calls.add(() -> replica.follow(new Caller(follower.id(), false, null), followed.id())
                                .await()
                                .atMost(SOON)))));

        AtOnce.run(calls);

        people.forEach(follower -> people.stream()
                .filter(followed -> followed != follower)
                .forEach(followed ->
                        Told.exactly(Topic.FOLLOWS, follower.id() + ":" + followed.id(), "social.followed")));
    }

    private static List<Person> people(int number) {
        return Stream.generate(() -> Someone.known()).limit(number).toList();
    }

    private static int follow(Person follower, UUID followed) {
        return follower.asking().put("/v1/follows/{id}", followed).statusCode();
    }

    private static String trace(Person person) {
        return "00-" + person.id().toString().replace("-", "") + "-b7ad6b7169203331-01";
    }
}
