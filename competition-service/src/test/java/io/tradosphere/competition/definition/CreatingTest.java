package io.tradosphere.competition.definition;

import static io.tradosphere.competition.CompetitionSteps.create;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCreated;
import io.tradosphere.contracts.competition.CompetitionType;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class CreatingTest {

    @ConfigProperty(name = "tradosphere.competition.max-open-competitions")
    int limit;

    @Test
    void of_many_creations_at_once_no_more_than_the_limit_succeed_and_an_end_makes_room() {
        TestUser organiser = gladiator();
        UUID first = created(organiser, cup());
        Sql.asSuperuser().execute("""
                        INSERT INTO competitions (creator_id, name, type, prize_pool, rules, scoring_metrics, starts_at, ends_at)
                        SELECT creator_id, name, type, prize_pool, rules, scoring_metrics, starts_at, ends_at
                        FROM competitions, generate_series(3, ?) WHERE id = ?
                        """, limit, first);

        List<Integer> statuses = Concurrently.run(
                Collections.nCopies(4, () -> create(organiser, cup()).statusCode()));

        assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409);
        create(organiser, cup()).then().body("type", endsWith("/limit-reached"));
        organiser.asking().post("/v1/competitions/{id}/cancel", first).then().statusCode(200);
        create(organiser, cup()).then().statusCode(201);
    }

    @Test
    void a_gladiator_creates_a_competition_and_sees_every_default() {
        TestUser gladiator = gladiator();

        Response made = create(gladiator, cup());

        String id = made.path("id");
        made.then()
                .statusCode(201)
                .header("Location", "/v1/competitions/" + id)
                .header("ETag", matchesPattern("W/\"\\d+\\.[0-9a-f]{16}\""))
                .body("creatorId", equalTo(gladiator.id().toString()))
                .body("status", equalTo("upcoming"))
                .body("entryFee", equalTo("0.00"))
                .body("prizePool", equalTo("100.00"))
                .body("currency", equalTo("USD"))
                .body("platformFeePercentage", equalTo(5))
                .body("rules.startingEquity", equalTo("10000"))
                .body("rules.lateEntry", equalTo(false))
                .body("rules.maxReportDelay", equalTo("PT15M"))
                .body("rules.prizeDistribution", equalTo(List.of(50, 30, 20)))
                .body("rules.assetTypes", equalTo(List.of()))
                .body("scoringMetrics.totalPnl", equalTo(1))
                .body("scoringMetrics.maxDrawdown", equalTo(0))
                .body("maxParticipants", nullValue())
                .body("participantCount", equalTo(0));
        assertThat(TestUser.nobody().get("/v1/competitions/{id}", id).asString())
                .isEqualTo(made.asString());
    }

    @Test
    void an_event_is_published() {
        TestUser gladiator = gladiator();
        Map<String, Object> body = cup("maxParticipants", 8);

        String id = create(gladiator, body).then().statusCode(201).extract().path("id");

        CompetitionCreated event = PublishedEvents.exactly(Topic.COMPETITIONS, id, "competition.created")
                .event(0, CompetitionCreated.class);
        assertThat(event.creatorId()).isEqualTo(gladiator.id());
        assertThat(event.creatorIncarnation()).isEqualTo(KnownProfiles.incarnation(gladiator));
        assertThat(event.competitionType()).isEqualTo(CompetitionType.FREE_FOR_ALL);
        assertThat(event.prizePool()).isEqualByComparingTo("100");
        assertThat(event.entryFee()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(event.maxParticipants()).isEqualTo(8);
        assertThat(event.startsAt())
                .isEqualTo(Instant.parse((String) body.get("startsAt")).truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void a_duel_is_for_two_and_its_winner_takes_all() {
        create(gladiator(), cup("type", "1v1"))
                .then()
                .statusCode(201)
                .body("maxParticipants", equalTo(2))
                .body("rules.prizeDistribution", equalTo(List.of(100)));
    }

    @Test
    void a_duel_is_not_for_three() {
        Map<String, Object> duel = cup("type", "1v1");
        duel.put("maxParticipants", 3);

        refused(create(gladiator(), duel), "maxParticipants");
    }

    @Test
    void a_patch_does_not_clear_the_two_of_a_duel() {
        TestUser creator = gladiator();
        String duel = create(creator, cup("type", "1v1")).then().extract().header("Location");

        refused(creator.asking().body("{\"maxParticipants\":null}").patch(duel), "maxParticipants");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"FREE", "GROW", "ELITE"})
    void a_lower_tier_cannot_create_a_competition(Tier tier) {
        create(KnownProfiles.of(tier), cup()).then().statusCode(403).body("type", endsWith("/tier-too-low"));
    }

    @Test
    void a_caller_without_a_profile_cannot_create_a_competition() {
        create(TestUser.stranger(), cup()).then().statusCode(403).body("type", endsWith("/profile-required"));
    }

    @Test
    void an_anonymous_caller_cannot_create_a_competition() {
        TestUser.nobody().body(cup()).post("/v1/competitions").then().statusCode(401);
    }

    @Test
    void a_caller_whose_new_tier_has_not_been_replicated_creates_one() {
        Instant born = Instant.now().truncatedTo(ChronoUnit.MICROS);
        TestUser promoted = KnownProfiles.of(UUID.randomUUID(), Tier.FREE, born);
        long incarnation = KnownProfiles.incarnation(born);
        ProfileServiceDouble.knows(
                new ProfileState(
                        promoted.id(),
                        TestUser.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Tier.GLADIATOR,
                        born,
                        incarnation,
                        born,
                        null),
                incarnation + 1);

        create(promoted, cup()).then().statusCode(201);
    }

    @Test
    void joining_cannot_cost_anything_yet() {
        create(gladiator(), cup("entryFee", "0.01"))
                .then()
                .statusCode(400)
                .body("type", endsWith("/paid-entry-unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00"})
    void joining_that_costs_nothing_may_be_said(String fee) {
        create(gladiator(), cup("entryFee", fee)).then().statusCode(201).body("entryFee", equalTo("0.00"));
    }

    @Test
    void money_is_taken_as_a_number_too() {
        create(gladiator(), cup("prizePool", 2500.5)).then().statusCode(201).body("prizePool", equalTo("2500.50"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e12", "0.001", "NaN", "1e99", ""})
    void a_prize_pool_is_an_amount_of_money(String amount) {
        refused(create(gladiator(), cup("prizePool", amount)), "prizePool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.01", "5.555"})
    void the_platforms_fee_is_a_percentage(String percentage) {
        refused(create(gladiator(), cup("platformFeePercentage", percentage)), "platformFeePercentage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-2", "2.5", "1000001"})
    void places_are_a_whole_number_from_two_on(String places) {
        refused(create(gladiator(), cup("maxParticipants", new BigDecimal(places))), "maxParticipants");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Cup", "Cup\n", "a\u0000b"})
    void a_name_can_be_read(String name) {
        Response answer = create(gladiator(), cup("name", name));

        answer.then().statusCode(400);
        // A name may break the rule of texts and the rule of names.
        assertThat(answer.jsonPath().getList("violations.field", String.class)).containsOnly("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "type", "prizePool", "rules", "scoringMetrics", "startsAt", "endsAt"})
    void what_is_required_is_named(String field) {
        refused(create(gladiator(), cup(field, null)), field);
    }

    @Test
    void a_field_that_is_not_the_clients_to_set_is_refused() {
        refused(create(gladiator(), cup("status", "active")), "status");
    }

    @Test
    void it_may_start_at_once() {
        create(gladiator(), cup("startsAt", Instant.now().toString())).then().statusCode(201);
    }

    @Test
    void it_does_not_start_in_the_past() {
        refused(create(gladiator(), cup("startsAt", in(-1, ChronoUnit.MINUTES))), "startsAt");
    }

    @Test
    void it_does_not_start_in_another_age() {
        Map<String, Object> body = cup("startsAt", "+1000000000-12-31T00:00:00Z");
        body.put("endsAt", "+1000000000-12-31T23:00:00Z");

        refused(create(gladiator(), body), "startsAt");
    }

    @Test
    void it_ends_after_it_starts() {
        Map<String, Object> body = cup();
        body.put("endsAt", body.get("startsAt"));

        refused(create(gladiator(), body), "endsAt");
    }

    @Test
    void it_does_not_go_on_for_ever() {
        refused(create(gladiator(), cup("endsAt", in(400, ChronoUnit.DAYS))), "endsAt");
    }

    @Test
    void the_same_request_twice_creates_one() {
        TestUser gladiator = gladiator();
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = cup();

        Response first =
                gladiator.asking().header("Idempotency-Key", key).body(body).post("/v1/competitions");
        Response second =
                gladiator.asking().header("Idempotency-Key", key).body(body).post("/v1/competitions");

        assertThat(second.asString()).isEqualTo(first.asString());
        second.then().statusCode(201).header("Idempotency-Replayed", "true").header("ETag", first.header("ETag"));
        assertThat(competitionsOf(gladiator)).isEqualTo(1);
    }

    @Test
    void concurrent_identical_requests_create_one() {
        TestUser gladiator = gladiator();
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = cup();
        Callable<Integer> call = () -> gladiator
                .asking()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/competitions")
                .statusCode();

        assertThat(Concurrently.run(Collections.nCopies(6, call))).containsOnly(201);

        assertThat(competitionsOf(gladiator)).isEqualTo(1);
    }

    private static long competitionsOf(TestUser creator) {
        return Sql.asSuperuser().number("SELECT count(*) FROM competitions WHERE creator_id = ?", creator.id());
    }

    private static void refused(Response answer, String field) {
        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getList("violations.field", String.class)).containsExactly(field);
    }

    private static String in(long amount, ChronoUnit unit) {
        return Instant.now().plus(amount, unit).toString();
    }
}
