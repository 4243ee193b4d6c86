package io.tradosphere.competition;

import static io.tradosphere.competition.ContestSteps.SOON;
import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.complete;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.disqualify;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.joinsClan;
import static io.tradosphere.competition.ContestSteps.participantCount;
import static io.tradosphere.competition.ContestSteps.setStealth;
import static io.tradosphere.competition.ContestSteps.start;
import static io.tradosphere.competition.ContestSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final String TRADE = """
            INSERT INTO scored_trades (competition_id, trade_id, user_id, incarnation, asset_type, net_pnl, opened_at, closed_at,
              reported_at, sequence)
            VALUES ($cup, $trade, $person, $life, 'crypto', 5, now(), now(), now(), 1)
            """;
    private static final String PRIZE = """
            INSERT INTO prizes (competition_id, user_id, incarnation, rank, score, amount)
            VALUES ($cup, $person, $life, 1, 1, 95)
            """;

    @Test
    void the_service_is_up_and_knows_whom_it_was_told_of() {
        Person alice = trader();

        assertThat(ForgettingSteps.isUp()).isTrue();
        assertThat(Acquaintance.incarnation(alice)).isPositive();
    }

    @Test
    void whoever_is_erased_is_in_no_table() {
        Person alice = gladiator();
        Person bob = gladiator();
        UUID clan = UUID.randomUUID();
        UUID own = announced(alice, cup());
        UUID upcoming = announced(bob, cup("type", "team"));
        joinsClan(alice, clan);
        join(alice, upcoming, Map.of("clanId", clan)).then().statusCode(201);
        UUID over = wonBy(alice, bob);
        setStealth(alice, true);

        erase(alice);

        Person.nobody()
                .get("/v1/competitions/{id}", own)
                .then()
                .statusCode(200)
                .body("creatorId", nullValue())
                .body("status", equalTo("upcoming"));
        assertThat(Sql.asSuperuser().column("SELECT amount::text FROM prizes WHERE competition_id = ?", over))
                .containsExactly("95.00");
    }

    @Test
    void their_place_in_a_competition_still_to_be_decided_becomes_free_and_that_is_told() {
        Person alice = trader();
        UUID duel = announced(gladiator(), cup("type", "1v1"));
        join(alice, duel);
        join(trader(), duel);
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", duel);

        erase(alice);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(ForgettingSteps.told(Topic.PARTICIPANTS, duel, ParticipantWithdrew.class))
                                .extracting(ParticipantWithdrew::profileId)
                                .containsExactly(alice.id()));
        assertThat(participantCount(duel)).isEqualTo(1);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                duel))
                .isEqualTo(1);
        join(trader(), duel).then().statusCode(201);
    }

    @Test
    void their_place_in_one_that_is_over_stays_without_a_name() {
        Person alice = trader();
        Person bob = gladiator();
        UUID over = wonBy(alice, bob);

        erase(alice);

        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND user_id IS NULL",
                                over))
                .isEqualTo(1);
        assertThat(participantCount(over)).isEqualTo(1);
    }

    @Test
    void why_they_were_disqualified_goes_too() {
        Person alice = trader();
        Person bob = gladiator();
        UUID cup = announced(bob, cup());
        join(alice, cup);
        disqualify(bob, cup, alice).then().statusCode(200);
        start(cup);
        complete(cup);

        erase(alice);

        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT disqualification_reason FROM competition_participants WHERE competition_id = ?",
                                cup))
                .containsExactly("departed");
    }

    @Test
    void who_has_come_back_keeps_what_the_present_life_has_made() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person alice = Acquaintance.of(UUID.randomUUID(), Tier.GLADIATOR, born);
        UUID own = announced(alice, cup());
        UUID joined = announced(gladiator(), cup());
        join(alice, joined).then().statusCode(201);

        Acquaintance.erase(alice, Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS)));

        Applied.all(Topic.ERASURES, "erasures");
        assertThat(Sql.asSuperuser().column("SELECT id FROM competitions WHERE creator_id = ?", alice.id()))
                .containsExactly(own);
        assertThat(participantCount(joined)).isEqualTo(1);
    }

    /** A competition that is over, in which somebody has traded and won a prize. */
    private static UUID wonBy(Person winner, Person creator) {
        UUID cup = announced(creator, cup());
        join(winner, cup).then().statusCode(201);
        start(cup);
        Map<String, Object> names = Map.of(
                "cup", cup, "trade", UUID.randomUUID(), "person", winner, "life", Acquaintance.incarnation(winner));
        Sql.asSuperuser().script(TRADE, names);
        Sql.asSuperuser().script(PRIZE, names);
        complete(cup);
        return cup;
    }

    private static void erase(Person person) {
        Acquaintance.erase(person, Acquaintance.incarnation(person));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(person)).isEmpty());
    }
}
