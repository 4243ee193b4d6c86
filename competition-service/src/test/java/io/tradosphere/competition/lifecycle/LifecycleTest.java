package io.tradosphere.competition.lifecycle;

import static io.tradosphere.competition.scoring.ScoringSteps.SOON;
import static io.tradosphere.competition.scoring.ScoringSteps.about;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitCompleted;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.closeTrade;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
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
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class LifecycleTest {

    private static final String LATE = "{\"lateEntry\":true}";

    @Inject
    StartJob starting;

    @Inject
    CompletionJob ending;

    @Test
    void a_competition_begins_at_its_time_once_however_many_replicas_there_are() {
        UUID cup = created("now() + interval '2 seconds'", "now() + interval '1 day'");

        await().atMost(SOON).until(() -> {
            Concurrently.run(Collections.<Callable<Void>>nCopies(
                    8, () -> starting.run().await().atMost(SOON)));
            return status(cup).equals("active");
        });

        PublishedEvents published = PublishedEvents.exactly(Topic.COMPETITIONS, cup.toString(), "competition.started");
        CompetitionStarted started = published.event(0, CompetitionStarted.class);
        assertThat(started.participantCount()).isZero();
        assertThat(started.creatorIncarnation()).isEqualTo(1);
        assertThat(Duration.between(time(cup, "starts_at"), started.startedAt()))
                .isBetween(Duration.ZERO, SOON);
    }

    @Test
    void a_competition_ends_once_with_final_ranks_and_prizes_that_sum_to_the_pool_less_the_fee() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        TestUser gone = participant(cup);
        closeTrade(alice, "30");
        closeTrade(bob, "20");
        closeTrade(carol, "20");
        closeTrade(gone, "99");
        change(cup, gone, "status = 'withdrawn'");
        Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", cup);

        await().atMost(SOON).until(() -> {
            Concurrently.run(Collections.<Callable<Void>>nCopies(
                    8, () -> ending.run().await().atMost(SOON)));
            return status(cup).equals("completed");
        });

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        CompetitionCompleted completed = published.event(1, CompetitionCompleted.class);
        assertThat(completed.participantCount()).isEqualTo(3);
        assertThat(completed.results()).extracting(CompetitionResult::rank).containsExactly(1, 2, 2);
        assertThat(completed.results())
                .extracting(result -> result.prize().toPlainString())
                .containsExactly("475.00", "237.50", "237.50");
        assertThat(completed.results().get(0).profileId()).isEqualTo(alice.id());
        assertThat(completed.results().get(0).winRate()).isEqualByComparingTo("100");
        results(TestUser.nobody(), cup)
                .body("items.rank", contains(1, 2, 2))
                .body("items.prize", contains("475.00", "237.50", "237.50"))
                .body("items[0].profileId", equalTo(alice.id().toString()))
                .body("items[0].score", equalTo("1"))
                .body("items.hidden", contains(false, false, false));
    }

    @Test
    void a_competition_without_participants_ends_without_results() {
        UUID cup = created("now() - interval '1 day'", "now() - interval '3 seconds'");

        awaitCompleted(cup);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        assertThat(published.event(1, CompetitionCompleted.class).results()).isEmpty();
        results(TestUser.nobody(), cup).body("items", empty());
    }

    @Test
    void after_having_been_away_over_start_and_end_a_competition_begins_and_then_ends() {
        UUID cup = created("now() + interval '1 hour'", "now() + interval '2 hours'");
        TestUser alice = participant(cup);
        Sql.asSuperuser()
                .execute(
                        "UPDATE competitions SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE id = ?",
                        cup);

        awaitCompleted(cup);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        assertThat(published.event(1, CompetitionCompleted.class).results())
                .extracting(CompetitionResult::profileId)
                .containsExactly(alice.id());
    }

    @Test
    void trades_reported_before_the_end_count_even_in_flight_and_later_ones_do_not() throws SQLException {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        Instant end = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant opened = end.minusSeconds(600);

        // However long their way takes: the trades are in the topic before the end is known, and are scored after it.
        try (OpenTransaction holding = OpenTransaction.of(
                "SELECT FROM profiles WHERE id IN ($alice, $bob) FOR UPDATE", Map.of("alice", alice, "bob", bob))) {
            publish(List.of(
                    sequenced(new TradeClosed(trade(alice, "10", opened, end.minusSeconds(5), end.minusMillis(1)))),
                    sequenced(new TradeClosed(trade(bob, "1000", opened, end.minusSeconds(5), end.plusMillis(1))))));
            Sql.asSuperuser()
                    .execute("UPDATE competitions SET ends_at = ?::timestamptz WHERE id = ?", end.toString(), cup);
            holding.commit();
        }
        awaitCompleted(cup);

        assertThat(about(cup, alice, "rank")).isEqualTo("1");
        assertThat(about(cup, alice, "trade_count")).isEqualTo("1");
        assertThat(about(cup, bob, "trade_count")).isEqualTo("0");
        assertThat(about(cup, bob, "rank")).isEqualTo("2");
    }

    @Test
    void a_competition_does_not_end_while_trades_that_were_reported_in_time_wait_to_be_scored() throws SQLException {
        UUID cup = competition();
        TestUser alice = participant(cup);
        try (OpenTransaction holding =
                OpenTransaction.of("SELECT FROM profiles WHERE id = $alice FOR UPDATE", Map.of("alice", alice))) {
            publish(List.of(sequenced(new TradeClosed(trade(alice, "10")))));
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
    void a_participant_in_stealth_mode_wins_a_prize_anonymously() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        closeTrade(alice, "30");
        change(cup, alice, "hidden = true");

        ends(cup);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS, cup.toString(), "competition.started", "competition.completed");
        CompetitionResult first =
                published.event(1, CompetitionCompleted.class).results().get(0);
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
    void hiding_after_the_end_leaves_no_gap_and_changes_no_rank() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        closeTrade(alice, "30");
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
        TestUser leader = participantFor(wolves, cup);
        participantFor(wolves, cup);
        participantFor(wolves, cup);
        TestUser bear = participantFor(bears, cup);
        closeTrade(leader, "90");
        closeTrade(bear, "-1");

        ends(cup);

        results(TestUser.nobody(), cup)
                .body("items.rank", contains(1, 1, 1, 2))
                .body("items.prize", contains("197.92", "197.92", "197.91", "356.25"));
    }

    @Test
    void a_team_keeps_who_leaves_its_clan_or_is_removed_and_outlives_the_clan() {
        UUID cup = competition("team", "{\"totalPnl\":1}", LATE);
        UUID wolves = UUID.randomUUID();
        UUID bears = UUID.randomUUID();
        TestUser loser = participantFor(wolves, cup);
        TestUser leader = participantFor(wolves, cup);
        TestUser bear = participantFor(bears, cup);
        closeTrade(loser, "-50");
        closeTrade(leader, "90");
        closeTrade(bear, "-1");

        Sql.asSuperuser()
                .execute("UPDATE clan_members SET is_member = false, role = NULL WHERE user_id = ?", loser.id());
        Sql.asSuperuser().execute("UPDATE clan_members SET is_member = false, role = NULL WHERE clan_id = ?", bears);
        ends(cup);

        assertThat(about(cup, loser, "rank")).isEqualTo(about(cup, leader, "rank"));
        assertThat(about(cup, bear, "clan_id")).isEqualTo(bears.toString());
        results(TestUser.nobody(), cup).body("items.size()", equalTo(3));
    }

    @Test
    void every_prize_is_published_in_as_many_parts_as_it_takes() {
        UUID cup = competition();
        Sql.asSuperuser().script("""
                        INSERT INTO profiles (id, username, tier, incarnation, sequence)
                        SELECT gen_random_uuid(), 'w' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 25), 'free', 1, 1
                        FROM generate_series(1, 1200);
                        INSERT INTO competition_participants (competition_id, user_id)
                        SELECT $cup, id FROM profiles WHERE username LIKE 'w%' AND char_length(username) = 26
                        """, Map.of("cup", cup));

        ends(cup);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS,
                cup.toString(),
                "competition.started",
                "competition.completed",
                "competition.completed");
        List<CompetitionCompleted> parts =
                List.of(published.event(1, CompetitionCompleted.class), published.event(2, CompetitionCompleted.class));
        assertThat(parts).extracting(CompetitionCompleted::part).containsExactly(1, 2);
        assertThat(parts).extracting(CompetitionCompleted::parts).containsOnly(2);
        List<CompetitionResult> results =
                parts.stream().flatMap(part -> part.results().stream()).toList();
        assertThat(results)
                .extracting(CompetitionResult::participantId)
                .hasSize(1_200)
                .doesNotHaveDuplicates();
        assertThat(results.stream().map(CompetitionResult::prize).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("950");
        assertThat(Long.parseLong(published.header(2, Envelope.SEQUENCE)))
                .isGreaterThan(Long.parseLong(published.header(1, Envelope.SEQUENCE)));
    }

    @Test
    void the_grace_outlasts_the_longest_transaction_that_reports_a_trade() throws IOException {
        Properties shipped = new Properties();
        shipped.load(new StringReader(resource("/application.properties")));
        Duration grace = Duration.parse("PT"
                + shipped.getProperty("tradosphere.competition.completion-grace")
                        .toUpperCase(Locale.ROOT));
        Matcher bound = Pattern.compile("transaction_timeout = ''(\\d+)s''").matcher(resource("/db/bootstrap.sql"));

        assertThat(bound.find()).isTrue();
        assertThat(grace.minusSeconds(Long.parseLong(bound.group(1)))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = CompletionJob.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void an_erasure_after_the_end_keeps_an_anonymous_rank_and_prizes_still_sum() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        closeTrade(alice, "30");
        ends(cup);

        Sql.asSuperuser()
                .script(
                        "DELETE FROM scored_trades WHERE user_id = $alice; UPDATE prizes SET user_id = NULL WHERE user_id = $alice;"
                                + " UPDATE competition_participants SET user_id = NULL WHERE user_id = $alice",
                        Map.of("alice", alice));

        results(TestUser.nobody(), cup)
                .body("items.prize", contains("593.75", "356.25"))
                .body("items.profileId", contains(null, bob.id().toString()));
        TestUser.nobody()
                .get("/v1/competitions/{id}/leaderboard", cup)
                .then()
                .body("items.rank", contains(1, 2))
                .body("items.profileId", contains(null, bob.id().toString()));
    }

    private static UUID created(String startsAt, String endsAt) {
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

    private static ScoringSteps.SequencedEvent sequenced(TradeClosed closed) {
        return new ScoringSteps.SequencedEvent(closed, ScoringSteps.nextSequence());
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
