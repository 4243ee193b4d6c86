package io.tradosphere.social.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Concurrent follows committed in one batch. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FollowsAtOnceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Follows follows;

    @Inject
    SliceDatabase slice;

    @Inject
    ProfileFreshness freshness;

    @Test
    void each_of_many_concurrent_follows_gets_its_own_response() throws SQLException {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = people(20);
        TestUser blocked = TestProfiles.known();
        TestUser blocking = TestProfiles.known();
        TestUser stranger = TestUser.stranger();
        star.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
        blocking.asking().put("/v1/follows/blocks/{id}", star.id()).then().statusCode(204);
        List<Callable<Integer>> calls = new ArrayList<>();
        fans.forEach(fan -> calls.add(() -> follow(fan, star.id())));
        calls.add(5, () -> follow(blocked, star.id()));
        calls.add(9, () -> follow(blocking, star.id()));
        calls.add(13, () -> follow(stranger, star.id()));
        calls.add(17, () -> follow(fans.get(0), UUID.randomUUID()));

        List<Integer> statuses = Concurrently.runBehindALockOf("follows", calls);

        assertThat(statuses).hasSize(24);
        assertThat(List.of(statuses.get(5), statuses.get(9), statuses.get(13), statuses.get(17)))
                .containsExactly(403, 403, 403, 404);
        assertThat(statuses.stream().filter(status -> status == 204)).hasSize(20);
        fans.forEach(fan -> PublishedEvents.exactly(Topic.FOLLOWS, fan.id() + ":" + star.id(), "social.followed"));
    }

    @Test
    void each_follow_of_a_batch_is_published_with_the_trace_of_its_own_request() throws SQLException {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = people(12);
        List<Callable<Integer>> calls = fans.stream()
                .<Callable<Integer>>map(fan -> () -> fan.asking()
                        .header("traceparent", trace(fan))
                        .put("/v1/follows/{id}", star.id())
                        .statusCode())
                .toList();

        Concurrently.runBehindALockOf("follows", calls);

        fans.forEach(fan -> assertThat(
                        PublishedEvents.exactly(Topic.FOLLOWS, fan.id() + ":" + star.id(), "social.followed")
                                .header(0, Envelope.TRACEPARENT))
                .isEqualTo(trace(fan)));
    }

    @Test
    void a_follow_that_waits_for_a_lock_does_not_delay_others() throws SQLException {
        TestUser star = TestProfiles.known();
        TestUser waiting = TestProfiles.known();
        List<TestUser> fans = people(24);
        try (OpenTransaction lock =
                OpenTransaction.of(TestProfiles.LOCK_PAIR, Map.of("star", star, "other", waiting))) {
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> follow(waiting, star.id()));
            List<CompletableFuture<Integer>> more = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> follow(waiting, star.id())))
                    .limit(4)
                    .toList();
            lock.awaitSomebodyBehind();

            List<Integer> others = Concurrently.run(fans.stream()
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
    void follows_that_wait_for_a_lock_leave_connections_to_reads_and_to_other_follows() throws SQLException {
        TestUser star = TestProfiles.known();
        List<TestUser> waiting = people(16);
        ExecutorService threads = Executors.newFixedThreadPool(waiting.size());
        try (OpenTransaction lock =
                OpenTransaction.of("SELECT FROM profiles WHERE id = $star FOR UPDATE", Map.of("star", star))) {
            List<CompletableFuture<Integer>> late = waiting.stream()
                    .map(fan -> CompletableFuture.supplyAsync(() -> follow(fan, star.id()), threads))
                    .toList();
            lock.awaitSomebodyBehind();

            TestUser other = TestProfiles.known();
            TestUser fan = TestProfiles.known();
            assertThat(follow(fan, other.id())).isEqualTo(204);
            fan.asking()
                    .get("/v1/follows/{id}", other.id())
                    .then()
                    .statusCode(200)
                    .body("following", is(true));
            assertThat(lock.blockedTransactions()).isLessThanOrEqualTo(4);
            lock.commit();
            // On a slow machine some have waited for as long as a statement may.
            assertThat(late.stream().map(CompletableFuture::join)).isSubsetOf(204, 503);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void replicas_that_commit_the_same_follows_in_different_batches_lose_and_duplicate_none() {
        List<Follows> replicas = List.of(follows, new Follows(slice, freshness));
        List<TestUser> people = people(6);
        List<Callable<Void>> calls = new ArrayList<>();
        people.forEach(follower -> people.stream()
                .filter(followed -> followed != follower)
                .forEach(followed -> replicas.forEach(replica ->
                        calls.add(() -> replica.follow(new Caller(follower.id(), false, null), followed.id())
                                .await()
                                .atMost(SOON)))));

        Concurrently.run(calls);

        people.forEach(follower -> people.stream()
                .filter(followed -> followed != follower)
                .forEach(followed -> PublishedEvents.exactly(
                        Topic.FOLLOWS, follower.id() + ":" + followed.id(), "social.followed")));
    }

    private static List<TestUser> people(int number) {
        return Stream.generate(() -> TestProfiles.known()).limit(number).toList();
    }

    private static int follow(TestUser follower, UUID followed) {
        return follower.asking().put("/v1/follows/{id}", followed).statusCode();
    }

    private static String trace(TestUser person) {
        return "00-" + person.id().toString().replace("-", "") + "-b7ad6b7169203331-01";
    }
}
