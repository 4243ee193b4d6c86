package io.tradosphere.competition.participation;

import static io.tradosphere.competition.ContestSteps.SOON;
import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.complete;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.disqualify;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.joinsClan;
import static io.tradosphere.competition.ContestSteps.participant;
import static io.tradosphere.competition.ContestSteps.participantCount;
import static io.tradosphere.competition.ContestSteps.start;
import static io.tradosphere.competition.ContestSteps.trader;
import static io.tradosphere.competition.ContestSteps.traders;
import static io.tradosphere.competition.ContestSteps.withdraw;
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
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
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
    void somebody_joins_and_that_is_told() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();

        join(trader, cup)
                .then()
                .statusCode(201)
                .header("Location", "/v1/competitions/" + cup)
                .body("competitionId", equalTo(cup.toString()))
                .body("profileId", equalTo(trader.id().toString()))
                .body("clanId", nullValue())
                .body("status", equalTo("active"))
                .body("disqualificationReason", nullValue());

        ParticipantJoined told = Told.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined")
                .event(0, ParticipantJoined.class);
        assertThat(told.profileId()).isEqualTo(trader.id());
        assertThat(told.incarnation()).isEqualTo(Acquaintance.incarnation(trader));
        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void a_request_without_a_body_joins() throws IOException, InterruptedException {
        UUID cup = announced(gladiator(), cup());
        URI participants =
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/competitions/" + cup + "/participants");
        // Not RestAssured: it gives every POST the content type of a form.
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
        Person creator = gladiator();

        join(creator, announced(creator, cup())).then().statusCode(201);
    }

    @Test
    void nobody_takes_part_twice() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();
        join(trader, cup);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/already-participating"));

        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void of_many_identical_joins_at_once_one_happens() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();
        Callable<Integer> call = () -> join(trader, cup).statusCode();

        assertThat(AtOnce.run(Collections.nCopies(8, call)))
                .containsOnlyOnce(201)
                .isSubsetOf(201, 409);

        assertThat(participantCount(cup)).isEqualTo(1);
        Told.exactly(Topic.PARTICIPANTS, cup.toString(), "competition.joined");
    }

    @Test
    void the_same_request_twice_is_answered_as_the_first_time() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();
        String key = UUID.randomUUID().toString();
        Response first = joinWith(key, trader, cup);

        Response second = joinWith(key, trader, cup);

        second.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void of_a_hundred_who_join_at_once_as_many_do_as_there_are_places() {
        UUID cup = announced(gladiator(), cup("maxParticipants", 10));
        List<Callable<Response>> calls = traders(100).stream()
                .map(person -> (Callable<Response>) () -> join(person, cup))
                .toList();

        List<Response> answers = AtOnce.run(calls);

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
        assertThat(Told.of(Topic.PARTICIPANTS, cup.toString()).types())
                .hasSize(10)
                .containsOnly("competition.joined");
    }

    @Test
    void the_place_of_whoever_withdraws_is_the_next_ones() {
        UUID duel = announced(gladiator(), cup("type", "1v1"));
        List<Person> people = traders(3);
        join(people.get(0), duel);
        join(people.get(1), duel);
        join(people.get(2), duel).then().statusCode(409).body("type", endsWith("/competition-full"));

        withdraw(people.get(0), duel);

        join(people.get(2), duel).then().statusCode(201);
        join(people.get(0), duel).then().statusCode(409).body("type", endsWith("/competition-full"));
    }

    @Test
    void once_it_has_started_nobody_joins() {
        UUID cup = announced(gladiator(), cup());
        start(cup);

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void nobody_joins_between_the_start_and_the_moment_it_is_noticed() {
        UUID cup = announced(gladiator(), cup("startsAt", Instant.now().toString()));

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void late_entry_is_open_while_it_is_under_way() {
        UUID cup = announced(gladiator(), cup("rules", Map.of("lateEntry", true)));
        start(cup);
        join(trader(), cup).then().statusCode(201);

        complete(cup);
        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void a_competition_that_is_called_off_is_not_joined() {
        Person creator = gladiator();
        UUID cup = announced(creator, cup());
        creator.asking().post("/v1/competitions/{id}/cancel", cup);

        join(trader(), cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void joining_needs_a_caller_with_a_profile_and_a_competition() {
        UUID cup = announced(gladiator(), cup());

        Person.nobody()
                .body(Map.of())
                .post("/v1/competitions/{id}/participants", cup)
                .then()
                .statusCode(401);
        join(Person.stranger(), cup).then().statusCode(403).body("type", endsWith("/profile-required"));
        join(trader(), UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void somebody_whom_the_slice_has_not_heard_of_joins() {
        UUID cup = announced(gladiator(), cup());
        Person newcomer = Person.stranger();
        Instant born = Instant.now().truncatedTo(ChronoUnit.MICROS);
        long incarnation = Acquaintance.incarnation(born);
        ProfileServiceDouble.knows(
                new ProfileState(
                        newcomer.id(),
                        Person.freshUsername(),
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
                        born),
                incarnation);

        join(newcomer, cup).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "rank", "joinedAt", "hidden", "totalPnl", "status"})
    void what_is_the_servers_word_is_not_taken_from_the_client(String field) {
        UUID cup = announced(gladiator(), cup());

        join(trader(), cup, Map.of(field, 1)).then().statusCode(400).body("violations.field", equalTo(List.of(field)));
    }

    @Test
    void whoever_has_withdrawn_comes_back_to_their_place_and_counts_from_then() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();
        String before = join(trader, cup).path("joinedAt");
        withdraw(trader, cup);

        Response back = join(trader, cup);

        back.then().statusCode(201).body("status", equalTo("active"));
        assertThat(Instant.parse(back.path("joinedAt"))).isAfter(Instant.parse(before));
        Told.exactly(
                Topic.PARTICIPANTS, cup.toString(), "competition.joined", "competition.withdrew", "competition.joined");
        assertThat(participantCount(cup)).isEqualTo(1);
    }

    @Test
    void whoever_has_withdrawn_does_not_come_back_once_it_has_started() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();
        join(trader, cup);
        withdraw(trader, cup);
        start(cup);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/entry-closed"));
    }

    @Test
    void whoever_is_disqualified_does_not_come_back() {
        Person creator = gladiator();
        UUID cup = announced(creator, cup());
        Person trader = trader();
        join(trader, cup);
        disqualify(creator, cup, trader);

        join(trader, cup).then().statusCode(409).body("type", endsWith("/disqualified"));
    }

    @Test
    void a_team_needs_a_clan() {
        UUID teams = announced(gladiator(), cup("type", "team"));

        join(trader(), teams).then().statusCode(400).body("violations.field", equalTo(List.of("clanId")));
    }

    @Test
    void only_a_team_has_a_clan() {
        UUID cup = announced(gladiator(), cup());

        join(trader(), cup, Map.of("clanId", UUID.randomUUID()))
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("clanId")));
    }

    @Test
    void a_member_joins_for_their_clan() {
        UUID teams = announced(gladiator(), cup("type", "team"));
        Person member = trader();
        UUID clan = UUID.randomUUID();
        joinsClan(member, clan);

        join(member, teams, Map.of("clanId", clan)).then().statusCode(201).body("clanId", equalTo(clan.toString()));

        assertThat(Told.exactly(Topic.PARTICIPANTS, teams.toString(), "competition.joined")
                        .event(0, ParticipantJoined.class)
                        .clanId())
                .isEqualTo(clan);
    }

    @Test
    void whoever_joins_a_clan_at_the_same_time_is_not_refused() {
        UUID teams = announced(gladiator(), cup("type", "team"));
        Person member = trader();
        UUID clan = UUID.randomUUID();

        List<Integer> statuses = AtOnce.run(List.of(
                () -> join(member, teams, Map.of("clanId", clan)).statusCode(), () -> {
                    joinsClan(member, clan);
                    return 0;
                }));

        assertThat(statuses).containsExactly(201, 0);
    }

    @Test
    void whoever_does_not_belong_to_the_clan_is_refused() {
        UUID teams = announced(gladiator(), cup("type", "team"));

        join(trader(), teams, Map.of("clanId", UUID.randomUUID()))
                .then()
                .statusCode(403)
                .body("type", endsWith("/not-clan-member"));

        assertThat(participantCount(teams)).isZero();
    }

    @Test
    void one_comes_back_for_the_clan_one_took_part_for() {
        UUID teams = announced(gladiator(), cup("type", "team"));
        Person member = trader();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        joinsClan(member, first);
        joinsClan(member, second);
        join(member, teams, Map.of("clanId", first)).then().statusCode(201);
        withdraw(member, teams);

        join(member, teams, Map.of("clanId", second)).then().statusCode(409).body("type", endsWith("/conflict"));
        join(member, teams, Map.of("clanId", first)).then().statusCode(201);
    }

    @Test
    void a_join_makes_the_ranking_stale() {
        UUID cup = announced(gladiator(), cup());
        Person trader = trader();

        join(trader, cup);

        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                        cup)
                        == 1);
        assertThat(participant(cup, trader, "status, trade_count")).isEqualTo("active 0");
    }

    private static Response joinWith(String key, Person person, UUID competition) {
        return person.asking()
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post("/v1/competitions/{id}/participants", competition);
    }
}
