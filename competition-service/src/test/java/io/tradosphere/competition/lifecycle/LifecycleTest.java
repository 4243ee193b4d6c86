package io.tradosphere.competition.lifecycle;

import static io.tradosphere.competition.scoring.ScoringSteps.SOON;
import static io.tradosphere.competition.scoring.ScoringSteps.about;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitCompleted;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.earns;
import static io.tradosphere.competition.scoring.ScoringSteps.ends;
import static io.tradosphere.competition.scoring.ScoringSteps.participant;
import static io.tradosphere.competition.scoring.ScoringSteps.participantFor;
import static io.tradosphere.competition.scoring.ScoringSteps.publish;
import static io.tradosphere.competition.scoring.ScoringSteps.trade;
import static io.tradosphere.competition.scoring.ScoringSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.competition.scoring.ScoringSteps;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class LifecycleTest {

    private static final String LATE = "{\"lateEntry\":true}";

    @Inject
    StartChore starting;

    @Inject
    CompletionChore ending;

    @Test
    void a_competition_begins_at_its_time_once_however_many_replicas_there_are() {
        UUID cup = announced("now() + interval '2 seconds'", "now() + interval '1 day'");

        await().atMost(SOON).until(() -> {
            AtOnce.run(Collections.<Callable<Void>>nCopies(
                    8, () -> starting.run().await().atMost(SOON)));
            return status(cup).equals("active");
        });

        Told told = Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started");
        CompetitionStarted started = told.event(0, CompetitionStarted.class);
        assertThat(started.participantCount()).isZero();
        assertThat(started.creatorIncarnation()).isEqualTo(1);
        assertThat(Duration.between(time(cup, "starts_at"), started.startedAt()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(10));
    }

    @Test
    void a_competition_ends_once_with_final_ranks_and_prizes_that_sum_to_the_pool_less_the_fee() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person carol = participant(cup);
        Person gone = participant(cup);
        earns(alice, "30");
        earns(bob, "20");
        earns(carol, "20");
        earns(gone, "99");
        change(cup, gone, "status = 'withdrawn'");
        Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", cup);

        await().atMost(SOON).until(() -> {
            AtOnce.run(Collections.<Callable<Void>>nCopies(
                    8, () -> ending.run().await().atMost(SOON)));
            return status(cup).equals("completed");
        });

        Told told = Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        CompetitionCompleted completed = told.event(1, CompetitionCompleted.class);
        assertThat(completed.participantCount()).isEqualTo(3);
        assertThat(completed.results()).extracting(CompetitionResult::rank).containsExactly(1, 2, 2);
        assertThat(completed.results())
                .extracting(result -> result.prize().toPlainString())
                .containsExactly("475.00", "237.50", "237.50");
        assertThat(completed.results().get(0).profileId()).isEqualTo(alice.id());
        assertThat(completed.results().get(0).winRate()).isEqualByComparingTo("100");
        results(Person.nobody(), cup)
                .body("items.rank", contains(1, 2, 2))
                .body("items.prize", contains("475.00", "237.50", "237.50"))
                .body("items[0].profileId", equalTo(alice.id().toString()))
                .body("items[0].score", equalTo("1"))
                .body("items.hidden", contains(false, false, false));
    }

    @Test
    void one_that_nobody_joined_ends_without_results() {
        UUID cup = announced("now() - interval '1 day'", "now() - interval '3 seconds'");

        awaitCompleted(cup);

        Told told = Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        assertThat(told.event(1, CompetitionCompleted.class).results()).isEmpty();
        results(Person.nobody(), cup).body("items", empty());
    }

    @Test
    void after_having_been_away_over_start_and_end_a_competition_begins_and_then_ends() {
        UUID cup = announced("now() + interval '1 hour'", "now() + interval '2 hours'");
        Person alice = participant(cup);
        Sql.asSuperuser()
                .execute(
                        "UPDATE competitions SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE id = ?",
                        cup);

        awaitCompleted(cup);

        Told told = Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        assertThat(told.event(1, CompetitionCompleted.class).results())
                .extracting(CompetitionResult::profileId)
                .containsExactly(alice.id());
    }

    @Test
    void what_was_reported_before_the_end_and_is_under_way_counts_and_what_was_reported_after_it_does_not() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", cup);
        Instant end = time(cup, "ends_at");
        Instant opened = end.minusSeconds(600);

        publish(List.of(
                told(new TradeClosed(trade(alice, "10", opened, end.minusSeconds(5), end.minusMillis(1)))),
                told(new TradeClosed(trade(bob, "1000", opened, end.minusSeconds(5), end.plusMillis(1))))));
        awaitCompleted(cup);

        assertThat(about(cup, alice, "rank")).isEqualTo("1");
        assertThat(about(cup, alice, "trade_count")).isEqualTo("1");
        assertThat(about(cup, bob, "trade_count")).isEqualTo("0");
        assertThat(about(cup, bob, "rank")).isEqualTo("2");
    }

    @Test
    void a_competition_does_not_end_while_trades_that_were_reported_in_time_wait_to_be_scored() throws SQLException {
        UUID cup = competition();
        Person alice = participant(cup);
        try (OpenTransaction holding =
                OpenTransaction.of("SELECT FROM profiles WHERE id = $alice FOR UPDATE", Map.of("alice", alice))) {
            publish(List.of(told(new TradeClosed(trade(alice, "10")))));
            Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", cup);
            Instant due = time(cup, "ends_at").plusSeconds(3);
            await().atMost(SOON).until(() -> Instant.now().isAfter(due));

            ending.run().await().atMost(SOON);

            assertThat(status(cup)).isEqualTo("active");
            holding.commit();
        }
        awaitCompleted(cup);

        assertThat(about(cup, alice, "trade_count")).isEqualTo("1");
    }

    @Test
    void whoever_is_in_stealth_mode_wins_a_prize_without_being_named_but_to_themselves() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        earns(alice, "30");
        change(cup, alice, "hidden = true");

        ends(cup);

        Told told = Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        CompetitionResult first =
                told.event(1, CompetitionCompleted.class).results().get(0);
        assertThat(first.hidden()).isTrue();
        assertThat(first.profileId()).isNull();
        assertThat(first.score()).isNull();
        assertThat(first.prize()).isEqualByComparingTo(new BigDecimal("593.75"));
        results(bob.asking(), cup)
                .body("items.prize", contains("593.75", "356.25"))
                .body("items.hidden", contains(true, false))
                .body("items[0].profileId", nullValue())
                .body("items[0].username", nullValue())
                .body("items[0].score", nullValue());
        results(alice.asking(), cup)
                .body("items[0].profileId", equalTo(alice.id().toString()));
    }

    @Test
    void whoever_hides_once_it_is_over_leaves_no_hole_and_no_rank_changes() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        earns(alice, "30");
        ends(cup);

        change(cup, alice, "hidden = true");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(about(cup, bob, "concat_ws(' ', rank, public_rank)"))
                        .isEqualTo("2 1"));
        assertThat(about(cup, alice, "concat_ws(' ', rank, public_rank)")).isEqualTo("1 1");
    }

    @Test
    void a_teams_prize_is_split_equally_among_its_members_to_the_cent() {
        UUID cup = competition("team", "{\"totalPnl\":1}", LATE);
        UUID wolves = UUID.randomUUID();
        UUID bears = UUID.randomUUID();
        Person leader = participantFor(wolves, cup);
        participantFor(wolves, cup);
        participantFor(wolves, cup);
        Person bear = participantFor(bears, cup);
        earns(leader, "90");
        earns(bear, "-1");

        ends(cup);

        results(Person.nobody(), cup)
                .body("items.rank", contains(1, 1, 1, 2))
                .body("items.prize", contains("197.92", "197.92", "197.91", "356.25"));
    }

    @Test
    void whoever_departs_afterwards_keeps_a_nameless_place_and_prizes_still_sum() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        earns(alice, "30");
        ends(cup);

        Sql.asSuperuser()
                .script(
                        "DELETE FROM scored_trades WHERE user_id = $alice; UPDATE prizes SET user_id = NULL WHERE user_id = $alice;"
                                + " UPDATE competition_participants SET user_id = NULL WHERE user_id = $alice",
                        Map.of("alice", alice));

        results(Person.nobody(), cup)
                .body("items.prize", contains("593.75", "356.25"))
                .body("items.profileId", contains(null, bob.id().toString()));
        Person.nobody()
                .get("/v1/competitions/{id}/leaderboard", cup)
                .then()
                .body("items.rank", contains(1, 2))
                .body("items.profileId", contains(null, bob.id().toString()));
    }

    private static UUID announced(String startsAt, String endsAt) {
        UUID cup = UUID.randomUUID();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO competitions (id, creator_id, name, type, prize_pool, rules, scoring_metrics, starts_at, ends_at)"
                                + " VALUES (?, ?, 'cup', 'free_for_all', 1000, '{}', '{\"totalPnl\":1}', "
                                + startsAt + ", " + endsAt + ")",
                        cup,
                        trader().id());
        return cup;
    }

    private static ScoringSteps.Told told(TradeClosed closed) {
        return new ScoringSteps.Told(closed, ScoringSteps.nextSequence());
    }

    private static ValidatableResponse results(RequestSpecification request, UUID cup) {
        return request.get("/v1/competitions/{id}/results", cup).then().statusCode(200);
    }

    private static String status(UUID cup) {
        return Sql.asSuperuser()
                .column("SELECT status FROM competitions WHERE id = ?", cup)
                .get(0)
                .toString();
    }

    private static Instant time(UUID cup, String column) {
        return Instant.parse(Sql.asSuperuser()
                .column(
                        "SELECT to_char(" + column
                                + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM competitions WHERE id = ?",
                        cup)
                .get(0)
                .toString());
    }
}
