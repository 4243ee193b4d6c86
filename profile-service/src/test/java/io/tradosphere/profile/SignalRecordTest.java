package io.tradosphere.profile;

import static io.tradosphere.contracts.signal.Outcome.CANCELLED;
import static io.tradosphere.contracts.signal.Outcome.HIT;
import static io.tradosphere.contracts.signal.Outcome.MISS;
import static io.tradosphere.profile.ProfileSteps.userWithProfile;
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
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
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
    void hits_make_a_streak_that_a_miss_ends_and_the_longest_one_is_kept() {
        Creator creator = Creator.of(userWithProfile());

        publish(creator.isResolved(HIT, 1), creator.resolves(HIT, 2), creator.isResolved(HIT, 3));
        awaitRecord(creator.person(), new SignalRecord(0, 3, 0, 2, 3, 3));

        publish(creator.isResolved(MISS, 4), creator.resolves(HIT, 5));
        awaitRecord(creator.person(), new SignalRecord(0, 4, 1, 2, 1, 3));

        publish(creator.resolves(HIT, 6), creator.resolves(HIT, 7), creator.resolves(HIT, 8));
        awaitRecord(creator.person(), new SignalRecord(0, 7, 1, 2, 4, 4));
    }

    @Test
    void a_posted_signal_counts_until_it_is_deleted() {
        Creator creator = Creator.of(userWithProfile());
        UUID kept = UUID.randomUUID();
        UUID takenBack = UUID.randomUUID();

        publish(creator.posts(kept), creator.posts(takenBack));
        awaitRecord(creator.person(), new SignalRecord(2, 0, 0, 0, 0, 0));

        publish(creator.takesBack(takenBack));
        awaitRecord(creator.person(), new SignalRecord(1, 0, 0, 0, 0, 0));
    }

    @Test
    void an_outcome_counts_whether_or_not_its_signal_posted_event_has_arrived() {
        Creator creator = Creator.of(userWithProfile());
        SignalResolved hit = creator.resolves(HIT, 1);

        publish(hit);
        awaitRecord(creator.person(), new SignalRecord(0, 1, 0, 0, 1, 1));

        publish(creator.posts(hit.signalId()));
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 0, 1, 1));
    }

    @Test
    void a_cancelled_signal_does_not_change_the_streak() {
        Creator creator = Creator.of(userWithProfile());

        publish(creator.resolves(HIT, 1), creator.resolves(CANCELLED, 2), creator.resolves(HIT, 3));

        awaitRecord(creator.person(), new SignalRecord(0, 2, 0, 0, 2, 2));
    }

    @Test
    void cancelled_signals_are_counted_beside_the_outcomes_and_stay_in_the_total() {
        // given
        Creator creator = Creator.of(userWithProfile());
        SignalResolved cancelled = creator.resolves(CANCELLED, 1);
        UUID once = UUID.randomUUID();

        // when
        publish(creator.posts(cancelled.signalId()), creator.resolves(CANCELLED, 2), creator.resolves(HIT, 3));
        TopicReader.publish(cancelled, once, 1);
        TopicReader.publish(cancelled, once, 1);

        // then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(SignalRecord.cancelledOf(creator.person())).isEqualTo(2));
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 0, 1, 1));
    }

    @Test
    void a_late_outcome_recomputes_the_streaks() {
        // given
        Creator creator = Creator.of(userWithProfile());
        publish(IntStream.rangeClosed(1, 3).mapToObj(second -> creator.resolves(HIT, second * 10)));
        awaitRecord(creator.person(), new SignalRecord(0, 3, 0, 0, 3, 3));

        // when a miss between the first and the second is published
        publish(creator.resolves(MISS, 15));

        // then
        awaitRecord(creator.person(), new SignalRecord(0, 3, 1, 0, 2, 2));

        // when a hit before all others is published
        publish(creator.resolves(HIT, 5));

        // then
        awaitRecord(creator.person(), new SignalRecord(0, 4, 1, 0, 2, 2));
    }

    @Test
    void outcomes_of_one_instant_are_ordered_by_id_in_any_order_of_events() {
        UUID lower = UUID.fromString("00000000-0000-4000-8000-000000000001");
        UUID higher = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");
        Creator creator = Creator.of(userWithProfile());
        publish(creator.resolves(HIT, 1), creator.resolved(higher, HIT, OutcomeSource.CREATOR, 2));
        awaitRecord(creator.person(), new SignalRecord(0, 2, 0, 0, 2, 2));

        publish(creator.resolved(lower, MISS, OutcomeSource.CREATOR, 2));

        awaitRecord(creator.person(), new SignalRecord(0, 2, 1, 0, 1, 1));
    }

    @Test
    void an_outcome_published_twice_counts_once() {
        // given
        Creator creator = Creator.of(userWithProfile());
        SignalResolved hit = creator.isResolved(HIT, 1);
        UUID once = UUID.randomUUID();

        // when an event is repeated, and its outcome is published again as another event
        TopicReader.publish(hit, once, 1);
        TopicReader.publish(hit, once, 1);
        publish(hit, creator.posts(hit.signalId()));

        // then
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 1, 1, 1));
    }

    @Test
    void a_replay_from_the_first_event_changes_nothing() {
        // given
        Creator creator = Creator.of(userWithProfile());
        UUID signal = UUID.randomUUID();
        publish(
                creator.posts(signal),
                creator.posts(UUID.randomUUID()),
                creator.takesBack(signal),
                creator.isResolved(HIT, 1),
                creator.resolves(MISS, 2),
                creator.resolves(HIT, 3));
        awaitRecord(creator.person(), new SignalRecord(1, 2, 1, 1, 1, 1));

        // when
        TopicReader.repeat(Topic.SIGNALS, creator.person().id().toString());
        publish(creator.posts(UUID.randomUUID()));

        // then only what came after it counts
        awaitRecord(creator.person(), new SignalRecord(2, 2, 1, 1, 1, 1));
    }

    @Test
    void a_deletion_before_its_signal_is_parked_and_counts_once_it_is_requeued() {
        Creator creator = Creator.of(userWithProfile());
        UUID signal = UUID.randomUUID();
        SignalDeleted takenBack = creator.takesBack(signal);
        UUID eventId = UUID.randomUUID();

        TopicReader.publish(takenBack, eventId, 2);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM dead_letters WHERE letter_key LIKE ?",
                                        creator.person().id() + "#%")
                        == 1);
        publish(creator.posts(signal), creator.resolves(HIT, 1));
        awaitRecord(creator.person(), new SignalRecord(1, 1, 0, 0, 1, 1));

        TopicReader.publish(takenBack, eventId, 2);
        awaitRecord(creator.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
    }

    @Test
    void a_person_who_returns_starts_at_zero_while_events_of_the_old_incarnation_arrive() {
        // given
        TestUser person = userWithProfile();
        Creator firstLife = Creator.of(person);
        publish(firstLife.posts(UUID.randomUUID()), firstLife.isResolved(HIT, 1));
        awaitRecord(person, new SignalRecord(1, 1, 0, 1, 1, 1));

        // when
        person.asking().delete("/v1/profiles/me").then().statusCode(202);
        person.asking()
                .body(Map.of("username", TestUser.freshUsername()))
                .post("/v1/profiles")
                .then()
                .statusCode(201);
        Creator secondLife = Creator.of(person);

        // then
        assertThat(SignalRecord.of(person)).isEqualTo(SignalRecord.NONE);

        // when
        publish(
                firstLife.isResolved(HIT, 2),
                firstLife.posts(UUID.randomUUID()),
                firstLife.takesBack(UUID.randomUUID()),
                secondLife.posts(UUID.randomUUID()),
                secondLife.resolves(MISS, 3),
                firstLife.resolves(HIT, 4));
        publish(secondLife.resolves(HIT, 5));

        // then
        awaitRecord(person, new SignalRecord(1, 1, 1, 0, 1, 1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(outcomesOf(person, "incarnation = " + firstLife.incarnation()))
                        .isZero());
    }

    @Test
    void events_of_erased_or_unknown_people_leave_no_row_and_delay_no_others() {
        Creator erased = Creator.of(userWithProfile());
        Creator unknown = new Creator(TestUser.stranger(), 1);
        Creator here = Creator.of(userWithProfile());
        erased.person().asking().delete("/v1/profiles/me").then().statusCode(202);

        publish(
                erased.resolves(HIT, 1),
                unknown.posts(UUID.randomUUID()),
                unknown.resolves(HIT, 1),
                here.resolves(HIT, 1),
                erased.posts(UUID.randomUUID()));

        awaitRecord(here.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomesOf(erased.person(), "true") + outcomesOf(unknown.person(), "true"))
                                .isZero());
    }

    @Test
    void people_erased_while_their_signals_are_resolved_leave_no_outcome() {
        // given
        List<Creator> leavers = IntStream.range(0, 10)
                .mapToObj(number -> Creator.of(userWithProfile()))
                .toList();
        Creator last = Creator.of(userWithProfile());

        // when each is erased meanwhile
        for (Creator leaver : leavers) {
            publish(IntStream.range(0, 20).mapToObj(second -> leaver.resolves(HIT, second)));
            leaver.person().asking().delete("/v1/profiles/me").then().statusCode(202);
            publish(IntStream.range(20, 30).mapToObj(second -> leaver.resolves(HIT, second)));
        }
        publish(last.resolves(HIT, 1));

        // then
        awaitRecord(last.person(), new SignalRecord(0, 1, 0, 0, 1, 1));
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(leavers)
                        .allSatisfy(leaver ->
                                assertThat(outcomesOf(leaver.person(), "true")).isZero()));
    }

    @Test
    void an_achievement_is_earned_by_a_streak_that_ends_in_the_same_batch() {
        // given
        String hits = AchievementTest.make("hitSignals", 3);
        String streak = AchievementTest.make("winStreak", 3);
        String posts = AchievementTest.make("totalSignals", 1);
        String beyond = AchievementTest.make("hitSignals", 4);
        Creator creator = Creator.of(userWithProfile());
        UUID takenBack = UUID.randomUUID();

        // when
        publish(
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
    void the_win_rate_is_hits_of_hits_and_misses_and_null_before_the_first() {
        Creator creator = Creator.of(userWithProfile());
        assertThat(stats(creator.person())).containsEntry("winRate", null);

        publish(
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
                        "cancelledSignals",
                        "verifiedHits",
                        "winRate",
                        "winStreak",
                        "maxWinStreak",
                        "followerCount",
                        "subscriberCount");
    }

    @Test
    void an_export_holds_the_outcomes_of_the_persons_signals_in_order() {
        Creator creator = Creator.of(userWithProfile());
        SignalResolved miss = creator.resolves(MISS, 2);
        SignalResolved hit = creator.isResolved(HIT, 1);
        Creator other = Creator.of(userWithProfile());
        publish(miss, other.resolves(HIT, 1), hit);
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
    void random_histories_in_any_order_and_any_batches_match_a_plain_count() {
        RandomHistories histories = new RandomHistories(200);

        histories.publish();

        await().atMost(Duration.ofMinutes(2)).untilAsserted(histories::assertCounted);
    }

    private static void publish(SignalEvent... events) {
        TopicReader.publishAll(List.of(events));
    }

    private static void publish(java.util.stream.Stream<? extends SignalEvent> events) {
        TopicReader.publishAll(new ArrayList<>(events.toList()));
    }

    private static Map<String, Object> stats(TestUser person) {
        return TestUser.nobody()
                .get("/v1/profiles/{id}", person.id())
                .then()
                .statusCode(200)
                .extract()
                .path("stats");
    }

    private static long outcomesOf(TestUser person, String condition) {
        return Sql.asSuperuser()
                .number("SELECT count(*) FROM signal_outcomes WHERE creator_id = ? AND " + condition, person.id());
    }
}
