package io.tradosphere.competition;

import static io.tradosphere.competition.CompetitionSteps.SOON;
import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.disqualify;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.joinClan;
import static io.tradosphere.competition.CompetitionSteps.participantCount;
import static io.tradosphere.competition.CompetitionSteps.publishStealth;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
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
    void the_service_is_up_and_has_the_profile_replica() {
        TestUser alice = trader();

        assertThat(ErasureSteps.isUp()).isTrue();
        assertThat(KnownProfiles.incarnation(alice)).isPositive();
    }

    @Test
    void an_erased_profile_is_in_no_table() {
        TestUser alice = gladiator();
        TestUser bob = gladiator();
        UUID clan = UUID.randomUUID();
        UUID own = created(alice, cup());
        UUID upcoming = created(bob, cup("type", "team"));
        joinClan(alice, clan);
        join(alice, upcoming, Map.of("clanId", clan)).then().statusCode(201);
        UUID over = wonBy(alice, bob);
        publishStealth(alice, true);

        erase(alice);

        TestUser.nobody()
                .get("/v1/competitions/{id}", own)
                .then()
                .statusCode(200)
                .body("creatorId", nullValue())
                .body("status", equalTo("upcoming"));
        assertThat(Sql.asSuperuser().column("SELECT amount::text FROM prizes WHERE competition_id = ?", over))
                .containsExactly("95.00");
    }

    @Test
    void their_place_in_an_unfinished_competition_becomes_free_and_an_event_is_published() {
        TestUser alice = trader();
        UUID duel = created(gladiator(), cup("type", "1v1"));
        join(alice, duel);
        join(trader(), duel);
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", duel);

        erase(alice);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ErasureSteps.told(Topic.PARTICIPANTS, duel, ParticipantWithdrew.class))
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
        TestUser alice = trader();
        TestUser bob = gladiator();
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
        TestUser alice = trader();
        TestUser bob = gladiator();
        UUID cup = created(bob, cup());
        join(alice, cup);
        disqualify(bob, cup, alice).then().statusCode(200);
        start(cup);
        complete(cup);

        erase(alice);

        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT disqualification_reason FROM competition_participants WHERE competition_id = ?",
                                cup))
                .containsExactly("erased");
    }

    @Test
    void erasing_an_earlier_incarnation_keeps_the_current_ones_rows() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser alice = KnownProfiles.of(UUID.randomUUID(), Tier.GLADIATOR, born);
        UUID own = created(alice, cup());
        UUID joined = created(gladiator(), cup());
        join(alice, joined).then().statusCode(201);

        KnownProfiles.erase(alice, KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS)));

        ConsumerProgress.awaitAllApplied(Topic.ERASURES, "erasures");
        assertThat(Sql.asSuperuser().column("SELECT id FROM competitions WHERE creator_id = ?", alice.id()))
                .containsExactly(own);
        assertThat(participantCount(joined)).isEqualTo(1);
    }

    /** A completed competition in which the user has traded and won a prize. */
    private static UUID wonBy(TestUser winner, TestUser creator) {
        UUID cup = created(creator, cup());
        join(winner, cup).then().statusCode(201);
        start(cup);
        Map<String, Object> names = Map.of(
                "cup", cup, "trade", UUID.randomUUID(), "person", winner, "life", KnownProfiles.incarnation(winner));
        Sql.asSuperuser().script(TRADE, names);
        Sql.asSuperuser().script(PRIZE, names);
        complete(cup);
        return cup;
    }

    private static void erase(TestUser person) {
        KnownProfiles.erase(person, KnownProfiles.incarnation(person));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(person)).isEmpty());
    }
}
