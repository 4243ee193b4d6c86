package io.tradosphere.profile;

import static io.tradosphere.contracts.signal.Outcome.CANCELLED;
import static io.tradosphere.contracts.signal.Outcome.HIT;
import static io.tradosphere.contracts.signal.Outcome.MISS;
import static io.tradosphere.profile.ProfileSteps.someone;
import static io.tradosphere.profile.SignalSteps.awaitRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.profile.SignalSteps.Creator;
import io.tradosphere.profile.SignalSteps.SignalRecord;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class SignalRecordTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void hits_make_a_streak_that_a_miss_ends_and_the_longest_one_stays() {
        Creator creator = Creator.of(someone());

        tell(creator.isResolved(HIT, 1), creator.resolves(HIT, 2), creator.isResolved(HIT, 3));
        awaitRecord(creator.person(), new SignalRecord(0, 3, 0, 2, 3, 3));

        tell(creator.isResolved(MISS, 4), creator.resolves(HIT, 5));
        awaitRecord(creator.person(), new SignalRecord(0, 4, 1, 2, 1, 3));

        tell(creator.resolves(HIT, 6), creator.resolves(HIT, 7), creator.resolves(HIT, 8));
        awaitRecord(creator.person(), new SignalRecord(0, 7, 1, 2, 4, 4));
    }

    @Test
    void a_signal_counts_once_posted_and_no_more_once_taken_back() {
        Creator creator = Creator.of(someone());
        UUID kept = UUID.randomUUID();
        UUID takenBack = UUID.randomUUID();

        tell(creator.posts(kept), creator.posts(takenBack));
        awaitRecord(creator.person(), new SignalRecord(2, 0, 0, 0, 0, 0));

        tell(creator.takesBack(takenBack));
        awaitRecord(creator.person(), new SignalRecord(1, 0, 0, 0, 0, 0));
    }

    @Test
    void an_outcome_counts_whether_or_not_its_posting_has_been_told() {
        Creator creator = Creator.of(someone());
        SignalResolved hit = creator.resolves(HIT, 1);

        tell(hit);
        awaitRecord(creator.person(), new SignalRecord(0, 1, 0, 0, 1, 1));

        tell(creator.posts(hit.signalId()));
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 0, 1, 1));
    }

    @Test
    void a_cancelled_signal_leaves_the_streak_alone() {
        Creator creator = Creator.of(someone());

        tell(creator.resolves(HIT, 1), creator.resolves(CANCELLED, 2), creator.resolves(HIT, 3));

        awaitRecord(creator.person(), new SignalRecord(0, 2, 0, 0, 2, 2));
    }

    @Test
    void an_outcome_that_comes_late_makes_the_streaks_what_they_would_have_been() {
        // given
        Creator creator = Creator.of(someone());
        tell(IntStream.rangeClosed(1, 3).mapToObj(second -> creator.resolves(HIT, second * 10)));
        awaitRecord(creator.person(), new SignalRecord(0, 3, 0, 0, 3, 3));

        // when a miss between the first and the second is told of
        tell(creator.resolves(MISS, 15));

        // then
        awaitRecord(creator.person(), new SignalRecord(0, 3, 1, 0, 2, 2));

        // when a hit before everything is told of
        tell(creator.resolves(HIT, 5));

        // then
        awaitRecord(creator.person(), new SignalRecord(0, 4, 1, 0, 2, 2));
    }

    @Test
    void of_two_outcomes_of_one_instant_the_one_with_the_lower_id_came_first_in_whatever_order_they_are_told() {
        UUID lower = UUID.fromString("00000000-0000-4000-8000-000000000001");
        UUID higher = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");
        Creator creator = Creator.of(someone());
        tell(creator.resolves(HIT, 1), creator.resolved(higher, HIT, OutcomeSource.CREATOR, 2));
        awaitRecord(creator.person(), new SignalRecord(0, 2, 0, 0, 2, 2));

        tell(creator.resolved(lower, MISS, OutcomeSource.CREATOR, 2));

        awaitRecord(creator.person(), new SignalRecord(0, 2, 1, 0, 1, 1));
    }

    @Test
    void what_is_told_twice_counts_once() {
        // given
        Creator creator = Creator.of(someone());
        SignalResolved hit = creator.isResolved(HIT, 1);
        UUID once = UUID.randomUUID();

        // when an event comes twice, and what it says in an event of its own
        TopicTap.publish(hit, once, 1);
        TopicTap.publish(hit, once, 1);
        tell(hit, creator.posts(hit.signalId()));

        // then
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 1, 1, 1));
    }

    @Test
    void everything_read_again_from_the_first_event_on_changes_nothing() {
        // given
        Creator creator = Creator.of(someone());
        UUID signal = UUID.randomUUID();
        tell(
                creator.posts(signal),
                creator.posts(UUID.randomUUID()),
                creator.takesBack(signal),
                creator.isResolved(HIT, 1),
                creator.resolves(MISS, 2),
                creator.resolves(HIT, 3));
        awaitRecord(creator.person(), new SignalRecord(1, 2, 1, 1, 1, 1));

        // when
        TopicTap.repeat(Topic.SIGNALS, creator.person().id().toString());
        tell(creator.posts(UUID.randomUUID()));

        // then only what came after it counts
        awaitRecord(creator.person(), new SignalRecord(2, 2, 1, 1, 1, 1));
    }

    @Test
    void a_taking_back_that_cannot_be_yet_is_parked_and_counts_once_it_is_put_back() {
        Creator creator = Creator.of(someone());
        UUID signal = UUID.randomUUID();
        SignalDeleted takenBack = creator.takesBack(signal);
        UUID eventId = UUID.randomUUID();

        TopicTap.publish(takenBack, eventId, 2);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM dead_letters WHERE letter_key LIKE ?",
                                        creator.person().id() + "#%")
                        == 1);
        tell(creator.posts(signal), creator.resolves(HIT, 1));
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 0, 1, 1));

        TopicTap.publish(takenBack, eventId, 2);
        awaitRecord(creator.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
    }

    @Test
    void who_comes_back_starts_at_zero_while_their_first_lifes_events_still_arrive() {
        // given
        Person person = someone();
        Creator firstLife = Creator.of(person);
        tell(firstLife.posts(UUID.randomUUID()), firstLife.isResolved(HIT, 1));
        awaitRecord(person, new SignalRecord(1, 1, 0, 1, 1, 1));

        // when
        person.asking().delete("/v1/profiles/me").then().statusCode(202);
        person.asking()
                .body(Map.of("username", Person.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        Creator secondLife = Creator.of(person);

        // then
        assertThat(SignalRecord.of(person)).isEqualTo(SignalRecord.NONE);

        // when
        tell(
                firstLife.isResolved(HIT, 2),
                firstLife.posts(UUID.randomUUID()),
                firstLife.takesBack(UUID.randomUUID()),
                secondLife.posts(UUID.randomUUID()),
                secondLife.resolves(MISS, 3),
                firstLife.resolves(HIT, 4));
        tell(secondLife.resolves(HIT, 5));

        // then
        awaitRecord(person, new SignalRecord(1, 1, 1, 0, 1, 1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomesOf(person, "incarnation = " + firstLife.incarnation()))
                        .isZero());
    }

    @Test
    void events_of_people_who_have_gone_or_never_were_leave_nothing_behind_and_hold_nobody_up() {
        Creator gone = Creator.of(someone());
        Creator nobody = new Creator(Person.stranger(), 1);
        Creator here = Creator.of(someone());
        gone.person().asking().delete("/v1/profiles/me").then().statusCode(202);

        tell(
                gone.resolves(HIT, 1),
                nobody.posts(UUID.randomUUID()),
                nobody.resolves(HIT, 1),
                here.resolves(HIT, 1),
                gone.posts(UUID.randomUUID()));

        awaitRecord(here.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(outcomesOf(gone.person(), "true") + outcomesOf(nobody.person(), "true"))
                        .isZero());
    }

    @Test
    void people_who_leave_while_their_signals_are_being_resolved_leave_no_outcome_behind() {
        // given
        List<Creator> leavers =
                IntStream.range(0, 10).mapToObj(number -> Creator.of(someone())).toList();
        Creator last = Creator.of(someone());

        // when each goes in the middle of it
        for (Creator leaver : leavers) {
            tell(IntStream.range(0, 20).mapToObj(second -> leaver.resolves(HIT, second)));
            leaver.person().asking().delete("/v1/profiles/me").then().statusCode(202);
            tell(IntStream.range(20, 30).mapToObj(second -> leaver.resolves(HIT, second)));
        }
        tell(last.resolves(HIT, 1));

        // then
        awaitRecord(last.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(leavers)
                        .allSatisfy(leaver ->
                                assertThat(outcomesOf(leaver.person(), "true")).isZero()));
    }

    @Test
    void an_achievement_is_earned_by_hits_also_by_a_streak_that_breaks_in_the_same_moment() {
        // given
        String hits = AchievementTest.make("hitSignals", 3);
        String streak = AchievementTest.make("winStreak", 3);
        String posts = AchievementTest.make("totalSignals", 1);
        String beyond = AchievementTest.make("hitSignals", 4);
        Creator creator = Creator.of(someone());
        UUID takenBack = UUID.randomUUID();

        // when
        tell(
                creator.posts(takenBack),
                creator.resolves(HIT, 1),
                creator.resolves(HIT, 2),
                creator.resolves(HIT, 3),
                creator.resolves(MISS, 4),
                creator.takesBack(takenBack));
        awaitRecord(creator.person(), new SignalRecord(0, 3, 1, 0, 0, 3));

        // then
        assertThat(AchievementTest.earned(creator.person()))
                .contains(hits, streak, posts)
                .doesNotContain(beyond);
    }

    @Test
    void the_win_rate_is_hits_of_hits_and_misses_and_absent_before_the_first() {
        Creator creator = Creator.of(someone());
        assertThat(stats(creator.person())).containsEntry("winRate", null);

        tell(
                creator.resolves(HIT, 1),
                creator.resolves(MISS, 2),
                creator.resolves(CANCELLED, 3),
                creator.resolves(HIT, 4),
                creator.posts(UUID.randomUUID()));

        awaitRecord(creator.person(), new SignalRecord(1, 2, 1, 0, 1, 1));
        assertThat(stats(creator.person()).get("winRate")).hasToString("66.67");
        assertThat(stats(creator.person()))
                .containsOnlyKeys(
                        "totalSignals",
                        "hitSignals",
                        "missSignals",
                        "verifiedHits",
                        "winRate",
                        "winStreak",
                        "maxWinStreak",
                        "followerCount",
                        "subscriberCount");
    }

    @Test
    void an_export_holds_how_the_persons_signals_came_out_in_their_order() {
        Creator creator = Creator.of(someone());
        SignalResolved miss = creator.resolves(MISS, 2);
        SignalResolved hit = creator.isResolved(HIT, 1);
        Creator other = Creator.of(someone());
        tell(miss, other.resolves(HIT, 1), hit);
        awaitRecord(creator.person(), new SignalRecord(0, 1, 1, 1, 0, 1));

        List<Map<String, Object>> outcomes = creator.person()
                .asking()
                .get("/v1/profiles/me/export")
                .then()
                .statusCode(200)
                .extract()
                .path("signalOutcomes");

        assertThat(outcomes)
                .containsExactly(
                        Map.of(
                                "signalId",
                                hit.signalId().toString(),
                                "hit",
                                true,
                                "verified",
                                true,
                                "resolvedAt",
                                "2026-11-23T09:00:01Z"),
                        Map.of(
                                "signalId",
                                miss.signalId().toString(),
                                "hit",
                                false,
                                "verified",
                                false,
                                "resolvedAt",
                                "2026-11-23T09:00:02Z"));
    }

    @Test
    void random_histories_told_in_any_order_and_any_batches_come_to_what_a_plain_count_does() {
        RandomHistories histories = new RandomHistories(200);

        histories.tell();

        await().atMost(Duration.ofMinutes(2)).untilAsserted(histories::assertCounted);
    }

    private static void tell(SignalEvent... events) {
        TopicTap.publishAll(List.of(events));
    }

    private static void tell(java.util.stream.Stream<? extends SignalEvent> events) {
        TopicTap.publishAll(new ArrayList<>(events.toList()));
    }

    private static Map<String, Object> stats(Person person) {
        return Person.nobody()
                .get("/v1/profiles/{id}", person.id())
                .then()
                .statusCode(200)
                .extract()
                .path("stats");
    }

    private static long outcomesOf(Person person, String condition) {
        return Sql.asSuperuser()
                .number("SELECT count(*) FROM signal_outcomes WHERE creator_id = ? AND " + condition, person.id());
    }
}
