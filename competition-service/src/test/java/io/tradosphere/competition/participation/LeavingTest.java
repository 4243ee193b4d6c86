package io.tradosphere.competition.participation;

import static io.tradosphere.competition.CompetitionSteps.awaitStealth;
import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.disqualify;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.participant;
import static io.tradosphere.competition.CompetitionSteps.participantCount;
import static io.tradosphere.competition.CompetitionSteps.publishStealth;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static io.tradosphere.competition.CompetitionSteps.traders;
import static io.tradosphere.competition.CompetitionSteps.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.ParticipantDisqualified;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class LeavingTest {

    private TestUser creator;
    private TestUser trader;
    private UUID cup;

    @BeforeEach
    void a_participant_has_joined_a_competition() {
        creator = gladiator();
        trader = trader();
        cup = created(creator, cup());
        join(trader, cup).then().statusCode(201);
    }

    @Test
    void a_participant_withdraws_and_an_event_is_published() {
        withdraw(trader, cup).then().statusCode(204);

        ParticipantWithdrew published = PublishedEvents.exactly(
                        Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew")
                .event(1, ParticipantWithdrew.class);
        assertThat(published.profileId()).isEqualTo(trader.id());
        assertThat(published.incarnation()).isEqualTo(KnownProfiles.incarnation(trader));
        assertThat(participantCount(cup)).isZero();
    }

    @Test
    void a_withdrawal_is_idempotent() {
        List<Integer> statuses = Concurrently.run(List.of(
                () -> withdraw(trader, cup).statusCode(),
                () -> withdraw(trader, cup).statusCode(),
                () -> withdraw(trader, cup).statusCode()));

        assertThat(statuses).containsOnly(204);
        PublishedEvents.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew");
        assertThat(participantCount(cup)).isZero();
    }

    @Test
    void a_non_participant_withdraws_without_effect() {
        withdraw(trader(), cup).then().statusCode(204);
        withdraw(TestUser.stranger(), cup).then().statusCode(204);

        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void a_participant_withdraws_from_an_active_competition() {
        start(cup);

        withdraw(trader, cup).then().statusCode(204);
    }

    @Test
    void no_participant_withdraws_after_the_end() {
        start(cup);
        complete(cup);

        withdraw(trader, cup).then().statusCode(409).body("type", endsWith("/competition-over"));
    }

    @Test
    void a_withdrawal_needs_a_caller_and_a_competition() {
        TestUser.nobody()
                .delete("/v1/competitions/{id}/participants/me", cup)
                .then()
                .statusCode(401);
        withdraw(trader, UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_withdrawal_makes_the_ranking_stale() {
        ranked();

        withdraw(trader, cup);

        assertThat(isStale()).isTrue();
    }

    @Test
    void the_creator_disqualifies_and_the_published_event_has_no_reason() {
        disqualify(creator, cup, trader)
                .then()
                .statusCode(200)
                .body("status", equalTo("disqualified"))
                .body("disqualificationReason", equalTo("forged trades"))
                .body("profileId", equalTo(trader.id().toString()));

        PublishedEvents published = PublishedEvents.exactly(
                Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.disqualified");
        assertThat(published.event(1, ParticipantDisqualified.class).incarnation())
                .isEqualTo(KnownProfiles.incarnation(trader));
        assertThat(published.event(1, ParticipantDisqualified.class).toString()).doesNotContain("forged");
    }

    @Test
    void a_platform_admin_disqualifies_in_anybodys_competition() {
        start(cup);

        disqualify(TestUser.withRole("platform-admin"), cup, trader).then().statusCode(200);

        assertThat(participant(cup, trader, "status, disqualification_reason")).isEqualTo("disqualified forged trades");
    }

    @Test
    void no_other_caller_disqualifies() {
        disqualify(gladiator(), cup, trader).then().statusCode(403);
        disqualify(trader, cup, trader).then().statusCode(403);
        TestUser.nobody()
                .body(Map.of("reason", "mine"))
                .post("/v1/competitions/{id}/participants/{who}/disqualify", cup, trader.id())
                .then()
                .statusCode(401);
    }

    @Test
    void a_non_participant_is_not_disqualified() {
        disqualify(creator, cup, trader()).then().statusCode(404);
        disqualify(creator, UUID.randomUUID(), trader).then().statusCode(404);
    }

    @Test
    void the_first_disqualification_is_kept() {
        List<Integer> statuses = Concurrently.run(List.of(
                () -> disqualify(creator, cup, trader).statusCode(),
                () -> disqualify(creator, cup, trader).statusCode()));

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        PublishedEvents.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.disqualified");
    }

    @Test
    void a_withdrawn_participant_is_not_disqualified() {
        withdraw(trader, cup);

        disqualify(creator, cup, trader).then().statusCode(409).body("type", endsWith("/not-participating"));
    }

    @Test
    void a_disqualified_participant_does_not_withdraw() {
        disqualify(creator, cup, trader);

        withdraw(trader, cup).then().statusCode(409).body("type", endsWith("/disqualified"));
    }

    @Test
    void no_participant_is_disqualified_after_the_end() {
        start(cup);
        complete(cup);

        disqualify(creator, cup, trader).then().statusCode(409).body("type", endsWith("/competition-over"));
        disqualify(TestUser.withRole("platform-admin"), cup, trader).then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\":null}", "{\"reason\":\" \"}", "{\"reason\":\"a\\u0000\"}"})
    void a_reason_is_given(String body) {
        creator.asking()
                .body(body)
                .post("/v1/competitions/{id}/participants/{who}/disqualify", cup, trader.id())
                .then()
                .statusCode(400);
    }

    @Test
    void a_disqualification_makes_the_ranking_stale() {
        ranked();

        disqualify(creator, cup, trader);

        assertThat(isStale()).isTrue();
    }

    @Test
    void a_participant_in_stealth_mode_is_not_found_by_the_creator_and_is_disqualified_by_an_admin() {
        TestUser hidden = gladiator();
        publishStealth(hidden, true);
        awaitStealth(hidden, true);
        join(hidden, cup).then().statusCode(201);

        disqualify(creator, cup, hidden).then().statusCode(404);
        disqualify(TestUser.withRole("platform-admin"), cup, hidden).then().statusCode(200);
    }

    @Test
    void joins_withdrawals_and_disqualifications_at_once_leave_a_count_that_is_right() {
        List<TestUser> leaving = traders(6);
        List<TestUser> staying = traders(6);
        List<TestUser> cheating = traders(4);
        leaving.forEach(person -> join(person, cup));
        cheating.forEach(person -> join(person, cup));
        List<Callable<Integer>> calls = new ArrayList<>();
        leaving.forEach(person -> calls.add(() -> withdraw(person, cup).statusCode()));
        staying.forEach(person -> calls.add(() -> join(person, cup).statusCode()));
        cheating.forEach(
                person -> calls.add(() -> disqualify(creator, cup, person).statusCode()));

        assertThat(Concurrently.run(calls)).isSubsetOf(200, 201, 204);

        assertThat(participantCount(cup)).isEqualTo(1 + 6 + 4);
    }

    /** Marks the ranking as up to date, as the worker does. */
    private void ranked() {
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", cup);
    }

    /** A ranking that was updated in the meantime must have been stale too. */
    private boolean isStale() {
        return Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                cup)
                == 1;
    }
}
