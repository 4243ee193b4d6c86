package io.tradosphere.competition.participation;

import static io.tradosphere.competition.CompetitionSteps.SOON;
import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.disqualify;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.joinClan;
import static io.tradosphere.competition.CompetitionSteps.participant;
import static io.tradosphere.competition.CompetitionSteps.participantCount;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static io.tradosphere.competition.CompetitionSteps.traders;
import static io.tradosphere.competition.CompetitionSteps.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class JoiningTest {

    @Test
    void a_caller_joins_and_an_event_is_published() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();

        join(trader, cup)
                .then()
                .statusCode(201)
                .header("Location", "/v1/competitions/" + cup)
                .body("competitionId", equalTo(cup.toString()))
                .body("profileId", equalTo(trader.id().toString()))
                .body("clanId", nullValue())
                .body("status", equalTo("active"))
                .body("disqualificationReason", nullValue());

        ParticipantJoined event = PublishedEvents.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined")
                .event(0, ParticipantJoined.class);
        assertThat(event.profileId()).isEqualTo(trader.id());
        assertThat(event.incarnation()).isEqualTo(KnownProfiles.incarnation(trader));
        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void a_request_without_a_body_joins() throws IOException, InterruptedException {
        UUID cup = created(gladiator(), cup());
        URI participants =
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/competitions/" + cup + "/participants");
        // Not RestAssured, since it gives every POST a form content type.
        HttpRequest bare = HttpRequest.newBuilder(participants)
                .header("Authorization", "Bearer " + trader().token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        int status = HttpClient.newHttpClient()
                .send(bare, HttpResponse.BodyHandlers.discarding())
                .statusCode();

        assertThat(status).isEqualTo(201);
    }

    @Test
    void the_creator_may_take_part() {
        TestUser creator = gladiator();

        join(creator, created(creator, cup())).then().statusCode(201);
    }

    @Test
    void a_participant_cannot_join_twice() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();
        join(trader, cup);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/already-participating"));

        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void of_many_identical_joins_at_once_one_happens() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();
        Callable<Integer> call = () -> join(trader, cup).statusCode();

        assertThat(Concurrently.run(Collections.nCopies(8, call)))
                .containsOnlyOnce(201)
                .isSubsetOf(201, 409);

        assertThat(participantCount(cup)).isEqualTo(1);
        PublishedEvents.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined");
    }

    @Test
    void a_repeated_request_gets_the_first_response() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();
        String key = UUID.randomUUID().toString();
        Response first = joinWith(key, trader, cup);

        Response second = joinWith(key, trader, cup);

        second.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void of_a_hundred_who_join_at_once_as_many_do_as_there_are_places() {
        UUID cup = created(gladiator(), cup("maxParticipants", 10));
        List<Callable<Response>> calls = traders(100).stream()
                .map(person -> (Callable<Response>) () -> join(person, cup))
                .toList();

        List<Response> answers = Concurrently.run(calls);

        List<Response> refused =
                answers.stream().filter(answer -> answer.statusCode() != 201).toList();
        assertThat(refused)
                .hasSize(90)
                .allMatch(answer -> answer.statusCode() == 409)
                .allMatch(answer -> answer.<String>path("type").endsWith("/competition-full"));
        assertThat(participantCount(cup)).isEqualTo(10);
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM competition_participants WHERE competition_id = ?", cup))
                .isEqualTo(10);
        assertThat(PublishedEvents.of(Topic.PARTICIPANTS, cup.toString()).types())
                .hasSize(10)
                .containsOnly("competition.joined");
    }

    @Test
    void a_withdrawal_frees_a_place_for_another_participant() {
        UUID duel = created(gladiator(), cup("type", "1v1"));
        List<TestUser> people = traders(3);
        join(people.get(0), duel);
        join(people.get(1), duel);
        join(people.get(2), duel).then().statusCode(409).body("type", endsWith("/competition-full"));

        withdraw(people.get(0), duel);

        join(people.get(2), duel).then().statusCode(201);
        join(people.get(0), duel).then().statusCode(409).body("type", endsWith("/competition-full"));
    }

    @Test
    void a_started_competition_is_not_joined() {
        UUID cup = created(gladiator(), cup());
        start(cup);

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void a_competition_past_its_start_is_not_joined_before_the_start_job_runs() {
        UUID cup = created(gladiator(), cup("startsAt", Instant.now().toString()));

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void an_active_competition_with_late_entry_is_joined() {
        UUID cup = created(gladiator(), cup("rules", Map.of("lateEntry", true)));
        start(cup);
        join(trader(), cup).then().statusCode(201);

        complete(cup);
        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void a_cancelled_competition_is_not_joined() {
        TestUser creator = gladiator();
        UUID cup = created(creator, cup());
        creator.asking().post("/v1/competitions/{id}/cancel", cup);

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void joining_needs_a_caller_with_a_profile_and_a_competition() {
        UUID cup = created(gladiator(), cup());

        TestUser.nobody()
                .body(Map.of())
                .post("/v1/competitions/{id}/participants", cup)
                .then()
                .statusCode(401);
        join(TestUser.stranger(), cup).then().statusCode(403).body("type", endsWith("/profile-required"));
        join(trader(), UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_caller_whose_profile_has_not_been_replicated_joins() {
        UUID cup = created(gladiator(), cup());
        TestUser newcomer = TestUser.stranger();
        Instant born = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long incarnation = KnownProfiles.incarnation(born);
        ProfileServiceDouble.knows(
                new ProfileState(
                        newcomer.id(),
                        TestUser.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Tier.FREE,
                        born,
                        incarnation,
                        born,
                        null),
                incarnation);

        join(newcomer, cup).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "rank", "joinedAt", "hidden", "totalPnl", "status"})
    void server_set_fields_are_not_accepted_from_the_client(String field) {
        UUID cup = created(gladiator(), cup());

        join(trader(), cup, Map.of(field, 1)).then().statusCode(400).body("violations.field", equalTo(List.of(field)));
    }

    @Test
    void a_withdrawn_participant_rejoins_and_trades_count_from_then() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();
        String before = join(trader, cup).path("joinedAt");
        withdraw(trader, cup);

        Response back = join(trader, cup);

        back.then().statusCode(201).body("status", equalTo("active"));
        assertThat(Instant.parse(back.path("joinedAt"))).isAfter(Instant.parse(before));
        PublishedEvents.exactly(
                Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew", "competition.joined");
        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void a_withdrawn_participant_does_not_rejoin_after_the_start() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();
        join(trader, cup);
        withdraw(trader, cup);
        start(cup);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void a_disqualified_participant_does_not_rejoin() {
        TestUser creator = gladiator();
        UUID cup = created(creator, cup());
        TestUser trader = trader();
        join(trader, cup);
        disqualify(creator, cup, trader);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/disqualified"));
    }

    @Test
    void a_team_needs_a_clan() {
        UUID teams = created(gladiator(), cup("type", "team"));

        join(trader(), teams).then().statusCode(400).body("violations.field", equalTo(List.of("clanId")));
    }

    @Test
    void only_a_team_has_a_clan() {
        UUID cup = created(gladiator(), cup());

        join(trader(), cup, Map.of("clanId", UUID.randomUUID()))
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("clanId")));
    }

    @Test
    void a_member_joins_for_their_clan() {
        UUID teams = created(gladiator(), cup("type", "team"));
        TestUser member = trader();
        UUID clan = UUID.randomUUID();
        joinClan(member, clan);

        join(member, teams, Map.of("clanId", clan)).then().statusCode(201).body("clanId", equalTo(clan.toString()));

        assertThat(PublishedEvents.exactly(Topic.PARTICIPANTS, teams.toString(), "competition.joined")
                        .event(0, ParticipantJoined.class)
                        .clanId())
                .isEqualTo(clan);
    }

    @Test
    void a_caller_who_has_just_joined_the_clan_is_not_refused() {
        UUID teams = created(gladiator(), cup("type", "team"));
        TestUser member = trader();
        UUID clan = UUID.randomUUID();

        // By SQL: Kafka may take longer on a busy machine than a request waits.
        List<Integer> results = Concurrently.run(List.of(
                () -> join(member, teams, Map.of("clanId", clan)).statusCode(),
                () -> Sql.asSuperuser()
                        .execute(
                                "INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence)"
                                        + " VALUES (?, ?, ?, 'member', true, 1)",
                                clan,
                                member.id(),
                                KnownProfiles.incarnation(member))));

        assertThat(results).containsExactly(201, 1);
    }

    @Test
    void a_caller_who_is_not_a_clan_member_is_refused() {
        UUID teams = created(gladiator(), cup("type", "team"));

        join(trader(), teams, Map.of("clanId", UUID.randomUUID()))
                .then()
                .statusCode(403)
                .body("type", endsWith("/not-clan-member"));

        assertThat(participantCount(teams)).isZero();
    }

    @Test
    void one_comes_back_for_the_clan_one_took_part_for() {
        UUID teams = created(gladiator(), cup("type", "team"));
        TestUser member = trader();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        joinClan(member, first);
        joinClan(member, second);
        join(member, teams, Map.of("clanId", first)).then().statusCode(201);
        withdraw(member, teams);

        join(member, teams, Map.of("clanId", second)).then().statusCode(409).body("type", endsWith("/conflict"));
        join(member, teams, Map.of("clanId", first)).then().statusCode(201);
    }

    @Test
    void a_join_makes_the_ranking_stale() {
        UUID cup = created(gladiator(), cup());
        TestUser trader = trader();

        join(trader, cup);

        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                        cup)
                        == 1);
        assertThat(participant(cup, trader, "status, trade_count")).isEqualTo("active 0");
    }

    private static Response joinWith(String key, TestUser person, UUID competition) {
        return person.asking()
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post("/v1/competitions/{id}/participants", competition);
    }
}
