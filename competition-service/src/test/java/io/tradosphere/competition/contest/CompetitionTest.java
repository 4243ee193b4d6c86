package io.tradosphere.competition.contest;

import static io.tradosphere.competition.ContestSteps.announce;
import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.complete;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.start;
import static io.tradosphere.competition.ContestSteps.traders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCancelled;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class CompetitionTest {

    private Person creator;
    private UUID cup;

    @BeforeEach
    void a_gladiator_has_announced_a_cup() {
        creator = gladiator();
        cup = announced(creator, cup());
    }

    @Test
    void an_unknown_competition_is_not_found() {
        Person.nobody().get("/v1/competitions/{id}", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void an_edit_changes_what_it_names_and_nothing_else() {
        Response before = Person.nobody().get("/v1/competitions/{id}", cup);

        Response after = edit(Map.of("prizePool", "250", "maxParticipants", 64));

        after.then()
                .statusCode(200)
                .body("prizePool", equalTo("250.00"))
                .body("maxParticipants", equalTo(64))
                .body("name", equalTo("Cup"))
                .body("startsAt", equalTo(before.path("startsAt")));
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(Person.nobody().get("/v1/competitions/{id}", cup).asString()).isEqualTo(after.asString());
    }

    @Test
    void an_edit_within_the_rules_leaves_the_other_rules() {
        edit(Map.of("rules", Map.of("startingEquity", "500")));

        edit(Map.of("rules", Map.of("lateEntry", true)))
                .then()
                .statusCode(200)
                .body("rules.lateEntry", equalTo(true))
                .body("rules.startingEquity", equalTo("500"));
    }

    @Test
    void a_weight_that_moves_needs_its_counterweight() {
        edit(Map.of("scoringMetrics", Map.of("totalPnl", 0.5)))
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of("scoringMetrics")));

        edit(Map.of("scoringMetrics", Map.of("totalPnl", 0.5, "winRate", 0.5)))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":null}",
                "{\"prizePool\":null}",
                "{\"rules\":null}",
                "{\"scoringMetrics\":null}",
                "{\"endsAt\":null}"
            })
    void what_is_required_cannot_be_taken_away(String patch) {
        creator.asking().body(patch).patch("/v1/competitions/{id}", cup).then().statusCode(400);
    }

    @Test
    void what_may_be_absent_can_be_taken_away() {
        edit(Map.of("description", "for all", "maxParticipants", 8, "platformFeePercentage", 0));

        creator.asking()
                .body("{\"description\":null,\"maxParticipants\":null,\"platformFeePercentage\":null}")
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("maxParticipants", nullValue())
                .body("platformFeePercentage", equalTo(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "entryFee", "status", "participantCount", "creatorId", "noSuchField"})
    void what_stands_from_the_beginning_cannot_be_edited(String field) {
        edit(Map.of(field, "team")).then().statusCode(400).body("violations.field", equalTo(List.of(field)));
    }

    @Test
    void an_edit_of_a_version_that_is_no_more_is_refused() {
        String etag = Person.nobody().get("/v1/competitions/{id}", cup).header("ETag");
        edit(Map.of("name", "Another cup"));

        creator.asking()
                .header("If-Match", etag)
                .body(Map.of("name", "A third"))
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(412);
    }

    @Test
    void of_two_edits_of_the_same_version_at_once_one_happens() {
        String etag = Person.nobody().get("/v1/competitions/{id}", cup).header("ETag");

        List<Integer> statuses = AtOnce.run(List.of(
                () -> editIfMatch(etag, Map.of("name", "One")), () -> editIfMatch(etag, Map.of("name", "Two"))));

        assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void an_edit_that_changes_nothing_makes_no_new_version() {
        Response before = Person.nobody().get("/v1/competitions/{id}", cup);

        edit(Map.of("prizePool", 100, "rules", Map.of("lateEntry", false)))
                .then()
                .statusCode(200)
                .header("ETag", before.header("ETag"));
    }

    @Test
    void nobody_but_its_creator_edits_it() {
        gladiator()
                .asking()
                .body(Map.of("name", "Mine"))
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(403)
                .body("type", endsWith("/forbidden"));
    }

    @Test
    void an_edit_needs_a_caller_and_a_competition() {
        Person.nobody()
                .body(Map.of())
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(401);
        creator.asking()
                .body(Map.of())
                .patch("/v1/competitions/{id}", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void once_it_is_under_way_it_is_not_edited() {
        start(cup);

        edit(Map.of("name", "Other")).then().statusCode(409).body("type", endsWith("/not-upcoming"));
    }

    @Test
    void it_keeps_the_places_that_are_taken() {
        traders(3).forEach(person -> join(person, cup).then().statusCode(201));

        edit(Map.of("maxParticipants", 2)).then().statusCode(409).body("type", endsWith("/conflict"));
        edit(Map.of("maxParticipants", 3)).then().statusCode(200);
    }

    @Test
    void a_start_that_has_passed_stands_while_something_else_is_edited() throws SQLException {
        UUID before =
                announced(creator, cup("startsAt", Instant.now().plusSeconds(1).toString()));
        // What begins competitions waits for this one, and so does not get to the next.
        try (OpenTransaction holding = OpenTransaction.of(
                "SELECT FROM competitions WHERE id = $before FOR UPDATE", Map.of("before", before))) {
            holding.awaitSomebodyBehind();
            UUID now = announced(creator, cup("startsAt", Instant.now().toString()));

            creator.asking()
                    .body(Map.of("name", "Begun"))
                    .patch("/v1/competitions/{id}", now)
                    .then()
                    .statusCode(200);
            creator.asking()
                    .body(Map.of(
                            "startsAt", Instant.now().minus(1, ChronoUnit.HOURS).toString()))
                    .patch("/v1/competitions/{id}", now)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void it_is_called_off_and_that_is_told() {
        cancel(creator, cup)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("cancelledAt", notNullValue());

        CompetitionCancelled told = Told.exactly(
                        Topic.COMPETITIONS, cup.toString(), "competition.created", "competition.cancelled")
                .event(1, CompetitionCancelled.class);
        assertThat(told.name()).isEqualTo("Cup");
        assertThat(told.creatorId()).isEqualTo(creator.id());
        assertThat(told.creatorIncarnation()).isEqualTo(Acquaintance.incarnation(creator));
    }

    @Test
    void it_is_called_off_once() {
        List<Integer> statuses = AtOnce.run(List.of(
                () -> cancel(creator, cup).statusCode(),
                () -> cancel(creator, cup).statusCode(),
                () -> cancel(creator, cup).statusCode()));

        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409);
        Told.exactly(Topic.COMPETITIONS, cup.toString(), "competition.created", "competition.cancelled");
    }

    @Test
    void the_same_request_to_call_it_off_is_answered_as_the_first_time() {
        String key = UUID.randomUUID().toString();
        Response first = creator.asking().header("Idempotency-Key", key).post("/v1/competitions/{id}/cancel", cup);

        Response second = creator.asking().header("Idempotency-Key", key).post("/v1/competitions/{id}/cancel", cup);

        second.then().statusCode(200);
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void nobody_but_its_creator_calls_it_off() {
        cancel(gladiator(), cup).then().statusCode(403);
        cancel(Person.withRole("platform-admin"), cup).then().statusCode(403);
        Person.nobody().post("/v1/competitions/{id}/cancel", cup).then().statusCode(401);
        cancel(creator, UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void once_it_is_under_way_or_over_it_is_not_called_off() {
        start(cup);
        cancel(creator, cup).then().statusCode(409).body("type", endsWith("/not-upcoming"));

        complete(cup);
        cancel(creator, cup).then().statusCode(409);
    }

    private Response edit(Map<String, ?> patch) {
        return creator.asking().body(patch).patch("/v1/competitions/{id}", cup);
    }

    private int editIfMatch(String etag, Map<String, ?> patch) {
        return creator.asking()
                .header("If-Match", etag)
                .body(patch)
                .patch("/v1/competitions/{id}", cup)
                .statusCode();
    }

    private static Response cancel(Person caller, UUID competition) {
        return caller.asking().post("/v1/competitions/{id}/cancel", competition);
    }

    @Test
    void announcing_again_after_calling_off_makes_another() {
        cancel(creator, cup);

        announce(creator, cup()).then().statusCode(201);
    }
}
