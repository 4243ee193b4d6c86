package io.tradosphere.competition.participation;

import static io.tradosphere.competition.CompetitionSteps.awaitStealth;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.participant;
import static io.tradosphere.competition.CompetitionSteps.participantCount;
import static io.tradosphere.competition.CompetitionSteps.publishStealth;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static io.tradosphere.competition.CompetitionSteps.traders;
import static io.tradosphere.competition.CompetitionSteps.withdraw;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joins that share a statement, at one instance and at two. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class JoiningTogetherTest {

    private static final String JOINED = "joined";

    @Inject
    SliceDatabase slice;

    /** Each has its own batches, as two instances of the service have. */
    private List<JoinCommand> instances;

    @BeforeEach
    void two_instances() {
        instances = List.of(new JoinCommand(slice), new JoinCommand(slice));
    }

    @Test
    void of_many_who_join_at_once_at_two_instances_as_many_do_as_there_are_places() {
        UUID cup = created(gladiator(), cup("maxParticipants", 60));

        List<String> outcomes = atOnce(traders(200), cup);

        assertThat(outcomes).filteredOn(JOINED::equals).hasSize(60);
        assertThat(outcomes).filteredOn("competition-full"::equals).hasSize(140);
        assertExact(cup, 60);
        assertThat(PublishedEvents.of(Topic.PARTICIPANTS, cup.toString()).types())
                .hasSize(60)
                .containsOnly("competition.joined");
    }

    @Test
    void the_last_places_are_taken_exactly_while_others_withdraw() {
        UUID cup = created(gladiator(), cup("maxParticipants", 20));
        List<TestUser> first = traders(20);
        assertThat(atOnce(first, cup)).containsOnly(JOINED);
        List<Callable<String>> calls = new ArrayList<>();
        first.subList(0, 10)
                .forEach(person ->
                        calls.add(() -> "withdrew " + withdraw(person, cup).statusCode()));
        traders(30).forEach(person -> calls.add(() -> outcome(instances.get(0), person, cup)));
        traders(30).forEach(person -> calls.add(() -> outcome(instances.get(1), person, cup)));

        List<String> outcomes = Concurrently.run(calls);

        assertThat(outcomes).filteredOn("withdrew 204"::equals).hasSize(10);
        long late = outcomes.stream().filter(JOINED::equals).count();
        assertThat(late).isLessThanOrEqualTo(10);
        assertExact(cup, 10 + late);
        assertThat(atOnce(traders(20), cup)).filteredOn(JOINED::equals).hasSize((int) (10 - late));
        assertExact(cup, 20);
    }

    @Test
    void one_refusal_is_nobody_elses() {
        UUID cup = created(gladiator(), cup());
        UUID teams = created(gladiator(), cup("type", "team"));
        UUID duel = created(gladiator(), cup("type", "1v1"));
        traders(2).forEach(person -> join(person, duel).then().statusCode(201));
        List<TestUser> people = traders(30);
        List<Callable<Integer>> calls = new ArrayList<>();
        people.forEach(person -> calls.add(() -> join(person, cup).statusCode()));
        calls.add(() -> join(trader(), duel).statusCode());
        calls.add(() -> join(trader(), teams).statusCode());
        calls.add(() -> join(trader(), cup, Map.of("clanId", UUID.randomUUID())).statusCode());
        calls.add(() -> join(trader(), UUID.randomUUID()).statusCode());
        calls.add(() -> join(TestUser.stranger(), cup).statusCode());

        List<Integer> statuses = Concurrently.run(calls);

        assertThat(statuses.subList(0, 30)).containsOnly(201);
        assertThat(statuses.subList(30, 35)).containsExactly(409, 400, 400, 404, 403);
        assertExact(cup, 30);
        assertExact(duel, 2);
        assertExact(teams, 0);
    }

    @Test
    void the_same_person_joins_once_at_two_instances_and_with_one_key() {
        UUID cup = created(gladiator(), cup());
        TestUser person = trader();
        String key = UUID.randomUUID().toString();
        List<Callable<Response>> calls = new ArrayList<>();
        calls.addAll(Collections.nCopies(
                6,
                () -> person.asking()
                        .header("Idempotency-Key", key)
                        .body(Map.of())
                        .post("/v1/competitions/{id}/participants", cup)));
        traders(20).forEach(other -> calls.add(() -> join(other, cup)));

        List<Response> responses = Concurrently.run(calls);

        assertThat(responses).allMatch(response -> response.statusCode() == 201);
        assertThat(responses.subList(0, 6).stream().map(Response::asString).distinct())
                .hasSize(1);
        assertThat(atOnce(Collections.nCopies(8, person), cup)).containsOnly("asks alone");
        assertExact(cup, 21);
    }

    @Test
    void of_the_same_request_at_two_instances_at_once_one_happens() {
        UUID cup = created(gladiator(), cup());

        List<String> outcomes = atOnce(Collections.nCopies(16, trader()), cup);

        assertThat(outcomes).containsOnlyOnce(JOINED).containsOnly(JOINED, "asks alone");
        assertExact(cup, 1);
    }

    @Test
    void a_participant_in_stealth_mode_joins_hidden_among_others() {
        UUID cup = created(gladiator(), cup());
        TestUser shy = trader();
        publishStealth(shy, true);
        awaitStealth(shy, true);
        List<TestUser> people = new ArrayList<>(traders(20));
        people.add(shy);

        assertThat(atOnce(people, cup)).containsOnly(JOINED);

        assertThat(participant(cup, shy, "hidden")).isEqualTo("t");
        assertThat(participant(cup, people.get(0), "hidden")).isEqualTo("f");
    }

    @Test
    void a_locked_competition_delays_the_joins_of_no_other() throws SQLException {
        UUID locked = created(gladiator(), cup());
        UUID free = created(gladiator(), cup());
        try (OpenTransaction lock =
                OpenTransaction.of("SELECT FROM competitions WHERE id = $id FOR NO KEY UPDATE", Map.of("id", locked))) {
            List<CompletableFuture<String>> waiting = traders(4).stream()
                    .map(person -> ask(instances.get(0), person, locked))
                    .toList();
            lock.awaitSomebodyBehind();

            List<CompletableFuture<String>> others = traders(20).stream()
                    .map(person -> ask(instances.get(0), person, free))
                    .toList();

            assertThat(others).allMatch(other -> other.join().equals(JOINED));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            lock.commit();
            assertThat(waiting).allMatch(other -> other.join().equals(JOINED));
        }
        assertExact(locked, 4);
        assertExact(free, 20);
    }

    @Test
    void people_who_join_the_same_competitions_in_any_order_at_two_instances_never_wait_in_a_circle() {
        List<UUID> cups = List.of(
                created(gladiator(), cup("maxParticipants", 15)),
                created(gladiator(), cup()),
                created(gladiator(), cup()));
        List<TestUser> people = traders(30);
        List<CompletableFuture<String>> joins = new ArrayList<>();
        Random order = new Random(7);
        for (TestUser person : people) {
            List<UUID> shuffled = new ArrayList<>(cups);
            Collections.shuffle(shuffled, order);
            shuffled.forEach(cup -> joins.add(ask(instances.get(order.nextInt(2)), person, cup)));
        }

        List<String> outcomes = joins.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).filteredOn(JOINED::equals).hasSize(75);
        assertThat(outcomes).filteredOn("competition-full"::equals).hasSize(15);
        assertExact(cups.get(0), 15);
        assertExact(cups.get(1), 30);
        assertExact(cups.get(2), 30);
    }

    @Test
    void a_batch_takes_no_place_for_anyone_outside_it() {
        UUID cup = created(gladiator(), cup());
        TestUser me = trader();
        TestUser other = trader();

        assertThat(Sql.as(Slice.Role.APP)
                        .claimingAll(me)
                        .column(
                                "SELECT outcome FROM decide_joins(ARRAY[?::uuid], ARRAY[?::uuid], ARRAY[NULL::uuid])",
                                cup,
                                other.id()))
                .containsExactly("UNKNOWN");
        assertThat(Sql.as(Slice.Role.APP)
                        .claimingAll(me)
                        .refusal(
                                "INSERT INTO competition_participants (competition_id, user_id) VALUES (?, ?)",
                                cup,
                                other.id()))
                .isEqualTo("42501");
        assertExact(cup, 0);
    }

    private List<String> atOnce(List<TestUser> people, UUID competition) {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (TestUser person : people) {
            asked.add(ask(instances.get(asked.size() % instances.size()), person, competition));
        }
        return asked.stream().map(CompletableFuture::join).collect(toList());
    }

    private static String outcome(JoinCommand instance, TestUser person, UUID competition) {
        return ask(instance, person, competition).join();
    }

    private static CompletableFuture<String> ask(JoinCommand instance, TestUser person, UUID competition) {
        Uni<Optional<Answer>> asked =
                instance.joinWithOthers(new Caller(person.id(), false, null), competition, JoinRequest.ALONE);
        return asked.map(answer -> answer.isPresent() ? JOINED : "asks alone")
                .onFailure(Problem.class)
                .recoverWithItem(failure -> nameOf(((Problem) failure).kind()))
                .subscribeAsCompletionStage();
    }

    private static String nameOf(ProblemKind kind) {
        return kind.id();
    }

    private static void assertExact(UUID competition, long participants) {
        assertThat(participantCount(competition)).isEqualTo((int) participants);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND status <> 'withdrawn'",
                                competition))
                .isEqualTo(participants);
    }
}
