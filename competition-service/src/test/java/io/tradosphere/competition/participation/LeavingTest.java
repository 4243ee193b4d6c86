package io.tradosphere.competition.participation;

import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.awaitStealth;
import static io.tradosphere.competition.ContestSteps.complete;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.disqualify;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.participant;
import static io.tradosphere.competition.ContestSteps.participantCount;
import static io.tradosphere.competition.ContestSteps.setStealth;
import static io.tradosphere.competition.ContestSteps.start;
import static io.tradosphere.competition.ContestSteps.trader;
import static io.tradosphere.competition.ContestSteps.traders;
import static io.tradosphere.competition.ContestSteps.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.ParticipantDisqualified;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
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

    private Person creator;
    private Person trader;
    private UUID cup;

    @BeforeEach
    void somebody_takes_part_in_a_cup() {
        creator = gladiator();
        trader = trader();
        cup = announced(creator, cup());
        join(trader, cup).then().statusCode(201);
    }

    @Test
    void a_participant_withdraws_and_that_is_told() {
        withdraw(trader, cup).then().statusCode(204);

        ParticipantWithdrew told = Told.exactly(
                        Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew")
                .event(1, ParticipantWithdrew.class);
        assertThat(told.profileId()).isEqualTo(trader.id());
        assertThat(told.incarnation()).isEqualTo(Acquaintance.incarnation(trader));
        assertThat(participantCount(cup)).isZero();
    }

    @Test
    void a_withdrawal_is_idempotent() {
        List<Integer> statuses = AtOnce.run(List.of(
                () -> withdraw(trader, cup).statusCode(),
                () -> withdraw(trader, cup).statusCode(),
                () -> withdraw(trader, cup).statusCode()));

        assertThat(statuses).containsOnly(204);
        Told.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew");
        assertThat(participantCount(cup)).isZero();
    }

    @Test
    void whoever_takes_no_part_has_nothing_to_withdraw() {
        withdraw(trader(), cup).then().statusCode(204);
        withdraw(Person.stranger(), cup).then().statusCode(204);

        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void a_participant_withdraws_while_it_is_under_way() {
        start(cup);

        withdraw(trader, cup).then().statusCode(204);
    }

    @Test
    void once_it_is_over_nobody_withdraws() {
        start(cup);
        complete(cup);

        withdraw(trader, cup).then().statusCode(409).body("type", endsWith("/competition-over"));
    }

    @Test
    void a_withdrawal_needs_a_caller_and_a_competition() {
        Person.nobody()
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
    void the_creator_disqualifies_and_that_is_told_without_the_reason() {
        disqualify(creator, cup, trader)
                .then()
                .statusCode(200)
                .body("status", equalTo("disqualified"))
                .body("disqualificationReason", equalTo("forged trades"))
                .body("profileId", equalTo(trader.id().toString()));

        Told told = Told.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.disqualified");
        assertThat(told.event(1, ParticipantDisqualified.class).incarnation())
                .isEqualTo(Acquaintance.incarnation(trader));
        assertThat(told.event(1, ParticipantDisqualified.class).toString()).doesNotContain("forged");
    }

    @Test
    void a_platform_admin_disqualifies_in_anybodys_competition() {
        start(cup);

        disqualify(Person.withRole("platform-admin"), cup, trader).then().statusCode(200);

        assertThat(participant(cup, trader, "status, disqualification_reason")).isEqualTo("disqualified forged trades");
    }

    @Test
    void nobody_else_disqualifies() {
        disqualify(gladiator(), cup, trader).then().statusCode(403);
        disqualify(trader, cup, trader).then().statusCode(403);
        Person.nobody()
                .body(Map.of("reason", "mine"))
                .post("/v1/competitions/{id}/participants/{who}/disqualify", cup, trader.id())
                .then()
                .statusCode(401);
    }

    @Test
    void whoever_takes_no_part_is_not_disqualified() {
        disqualify(creator, cup, trader()).then().statusCode(404);
        disqualify(creator, UUID.randomUUID(), trader).then().statusCode(404);
    }

    @Test
    void the_first_disqualification_stands() {
        List<Integer> statuses = AtOnce.run(List.of(
                () -> disqualify(creator, cup, trader).statusCode(),
                () -> disqualify(creator, cup, trader).statusCode()));

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        Told.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.disqualified");
    }

    @Test
    void whoever_has_withdrawn_is_not_disqualified() {
        withdraw(trader, cup);

        disqualify(creator, cup, trader).then().statusCode(409).body("type", endsWith("/not-participating"));
    }

    @Test
    void whoever_is_disqualified_does_not_withdraw() {
        disqualify(creator, cup, trader);

        withdraw(trader, cup).then().statusCode(409).body("type", endsWith("/disqualified"));
    }

    @Test
    void once_it_is_over_nobody_is_disqualified() {
        start(cup);
        complete(cup);

        disqualify(creator, cup, trader).then().statusCode(409).body("type", endsWith("/competition-over"));
        disqualify(Person.withRole("platform-admin"), cup, trader).then().statusCode(409);
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
    void the_creator_is_not_told_who_takes_part_in_stealth_mode_and_an_admin_disqualifies_them() {
        Person hidden = gladiator();
        setStealth(hidden, true);
        awaitStealth(hidden, true);
        join(hidden, cup).then().statusCode(201);

        disqualify(creator, cup, hidden).then().statusCode(404);
        disqualify(Person.withRole("platform-admin"), cup, hidden).then().statusCode(200);
    }

    @Test
    void joins_withdrawals_and_disqualifications_at_once_leave_a_count_that_is_right() {
        List<Person> leaving = traders(6);
        List<Person> staying = traders(6);
        List<Person> cheating = traders(4);
        leaving.forEach(person -> join(person, cup));
        cheating.forEach(person -> join(person, cup));
        List<Callable<Integer>> calls = new ArrayList<>();
        leaving.forEach(person -> calls.add(() -> withdraw(person, cup).statusCode()));
        staying.forEach(person -> calls.add(() -> join(person, cup).statusCode()));
        cheating.forEach(
                person -> calls.add(() -> disqualify(creator, cup, person).statusCode()));

        assertThat(AtOnce.run(calls)).isSubsetOf(200, 201, 204);

        assertThat(participantCount(cup)).isEqualTo(1 + 6 + 4);
    }

    /** As the worker leaves a ranking that is up to date. */
    private void ranked() {
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", cup);
    }

    /** Also a ranking that has been brought up to date since then was stale. */
    private boolean isStale() {
        return Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                cup)
                == 1;
    }
}
