package io.tradosphere.competition.definition;

import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.create;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static io.tradosphere.competition.CompetitionSteps.traders;
import static io.tradosphere.competition.CompetitionSteps.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.competition.CompetitionCancelled;
import io.tradosphere.contracts.competition.CompetitionChanged;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
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

    private TestUser creator;
    private UUID cup;

    @BeforeEach
    void a_gladiator_has_created_a_competition() {
        creator = gladiator();
        cup = created(creator, cup());
    }

    @Test
    void an_unknown_competition_is_not_found() {
        TestUser.nobody().get("/v1/competitions/{id}", UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void an_edit_changes_what_it_names_and_nothing_else() {
        Response before = TestUser.nobody().get("/v1/competitions/{id}", cup);

        Response after = edit(Map.of("prizePool", "250", "maxParticipants", 64));

        after.then()
                .statusCode(200)
                .body("prizePool", equalTo("250.00"))
                .body("maxParticipants", equalTo(64))
                .body("name", equalTo("Cup"))
                .body("startsAt", equalTo(before.path("startsAt")));
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(TestUser.nobody().get("/v1/competitions/{id}", cup).asString())
                .isEqualTo(after.asString());
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
                "{\"endsAt\":null}",
                "{\"platformFeePercentage\":null}"
            })
    void what_is_required_cannot_be_taken_away(String patch) {
        creator.asking().body(patch).patch("/v1/competitions/{id}", cup).then().statusCode(400);
    }

    @Test
    void what_may_be_absent_can_be_taken_away() {
        edit(Map.of("description", "for all", "maxParticipants", 8));

        creator.asking()
                .body("{\"description\":null,\"maxParticipants\":null}")
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("maxParticipants", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "entryFee", "status", "participantCount", "creatorId", "noSuchField"})
    void immutable_fields_cannot_be_edited(String field) {
        edit(Map.of(field, "team")).then().statusCode(400).body("violations.field", equalTo(List.of(field)));
    }

    @Test
    void an_edit_of_a_version_that_is_no_more_is_refused() {
        String etag = TestUser.nobody().get("/v1/competitions/{id}", cup).header("ETag");
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
        String etag = TestUser.nobody().get("/v1/competitions/{id}", cup).header("ETag");

        List<Integer> statuses = Concurrently.run(List.of(
                () -> editIfMatch(etag, Map.of("name", "One")), () -> editIfMatch(etag, Map.of("name", "Two"))));

        assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void an_edit_that_changes_nothing_makes_no_new_version() {
        Response before = TestUser.nobody().get("/v1/competitions/{id}", cup);

        edit(Map.of("prizePool", 100, "rules", Map.of("lateEntry", false)))
                .then()
                .statusCode(200)
                .header("ETag", before.header("ETag"));
    }

    @Test
    void only_its_creator_edits_it() {
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
        TestUser.nobody()
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
    void an_active_competition_is_not_edited() {
        start(cup);

        edit(Map.of("name", "Other")).then().statusCode(409).body("type", endsWith("/not-upcoming"));
    }

    @Test
    void it_keeps_the_places_that_are_taken() {
        traders(3).forEach(person -> join(person, cup).then().statusCode(201));

        edit(Map.of("maxParticipants", 2)).then().statusCode(409).body("type", endsWith("/conflict"));
    }

    @Test
    void a_past_start_is_kept_while_another_field_is_edited() throws SQLException {
        UUID before =
                created(creator, cup("startsAt", Instant.now().plusSeconds(4).toString()));
        // The start job waits for this lock, so it cannot start the other competition.
        try (OpenTransaction holding = OpenTransaction.of(
                "SELECT FROM competitions WHERE id = $before FOR UPDATE", Map.of("before", before))) {
            holding.awaitSomebodyBehind();
            UUID now = created(creator, cup("startsAt", Instant.now().toString()));

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
    void it_is_cancelled_and_an_event_is_published() {
        cancel(creator, cup)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("cancelledAt", notNullValue());

        CompetitionCancelled event = PublishedEvents.exactly(
                        Topic.COMPETITIONS, cup.toString(), "competition.created", "competition.cancelled")
                .event(1, CompetitionCancelled.class);
        assertThat(event.name()).isEqualTo("Cup");
        assertThat(event.creatorId()).isEqualTo(creator.id());
        assertThat(event.creatorIncarnation()).isEqualTo(KnownProfiles.incarnation(creator));
    }

    @Test
    void it_is_cancelled_once() {
        List<Integer> statuses = Concurrently.run(List.of(
                () -> cancel(creator, cup).statusCode(),
                () -> cancel(creator, cup).statusCode(),
                () -> cancel(creator, cup).statusCode()));

        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409);
        PublishedEvents.exactly(Topic.COMPETITIONS, cup.toString(), "competition.created", "competition.cancelled");
    }

    @Test
    void a_repeated_cancellation_request_gets_the_first_response() {
        String key = UUID.randomUUID().toString();
        Response first = creator.asking().header("Idempotency-Key", key).post("/v1/competitions/{id}/cancel", cup);

        Response second = creator.asking().header("Idempotency-Key", key).post("/v1/competitions/{id}/cancel", cup);

        second.then().statusCode(200);
        assertThat(second.asString()).isEqualTo(first.asString());
    }

    @Test
    void only_its_creator_cancels_it() {
        cancel(gladiator(), cup).then().statusCode(403);
        TestUser.nobody().post("/v1/competitions/{id}/cancel", cup).then().statusCode(401);
        cancel(creator, UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void an_admin_cancels_it_also_once_its_creator_is_erased_but_not_while_it_is_active() {
        TestUser admin = TestUser.withRole("platform-admin");
        UUID orphaned = created(creator, cup());
        Sql.asSuperuser().execute("UPDATE competitions SET creator_id = NULL WHERE id = ?", orphaned);
        UUID active = created(creator, cup());
        start(active);

        cancel(admin, orphaned).then().statusCode(200).body("status", equalTo("cancelled"));
        cancel(admin, active).then().statusCode(409).body("type", endsWith("/not-upcoming"));

        PublishedEvents.exactly(
                Topic.COMPETITIONS, orphaned.toString(), "competition.created", "competition.cancelled");
    }

    @Test
    void an_edit_is_published_with_the_changed_fields_and_the_new_terms() {
        Response edited = edit(Map.of("prizePool", "250", "description", "for all", "name", "Cup"));

        PublishedEvents published = PublishedEvents.exactly(
                Topic.COMPETITIONS, cup.toString(), "competition.created", "competition.changed");
        CompetitionChanged event = published.event(1, CompetitionChanged.class);
        assertThat(event.changedFields()).containsExactly("description", "prizePool");
        assertThat(event.prizePool()).isEqualByComparingTo("250");
        assertThat(event.creatorIncarnation()).isEqualTo(KnownProfiles.incarnation(creator));
        assertThat(event.changedAt().toString()).isEqualTo(edited.path("updatedAt"));
        assertThat(edited.header("ETag")).startsWith("W/\"" + published.header(1, Envelope.SEQUENCE) + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prizePool\":\"99.99\"}",
                "{\"platformFeePercentage\":6}",
                "{\"maxParticipants\":7}",
                "{\"rules\":{\"lateEntry\":true}}",
                "{\"scoringMetrics\":{\"totalPnl\":0.5,\"winRate\":0.5}}",
                "{\"startsAt\":\"@in 20 days\",\"endsAt\":\"@in 30 days\"}",
                "{\"endsAt\":\"@in 20 days\"}",
                "{\"prizePool\":\"200\",\"platformFeePercentage\":6}"
            })
    void once_somebody_has_joined_no_edit_is_against_the_participants(String template) {
        Instant now = Instant.now();
        String patch = template.replace(
                        "@in 20 days", now.plus(20, ChronoUnit.DAYS).toString())
                .replace("@in 30 days", now.plus(30, ChronoUnit.DAYS).toString());
        edit(Map.of("maxParticipants", 8)).then().statusCode(200);
        TestUser participant = trader();
        join(participant, cup).then().statusCode(201);

        creator.asking()
                .body(patch)
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(409)
                .body("type", endsWith("/participants-bound"));
        withdraw(participant, cup).then().statusCode(204);
        creator.asking().body(patch).patch("/v1/competitions/{id}", cup).then().statusCode(200);
    }

    @Test
    void once_somebody_has_joined_an_edit_may_favour_the_participants() {
        edit(Map.of("maxParticipants", 8)).then().statusCode(200);
        join(trader(), cup).then().statusCode(201);

        edit(Map.of("prizePool", "150", "platformFeePercentage", 4, "maxParticipants", 9, "name", "Great cup"))
                .then()
                .statusCode(200);
        creator.asking()
                .body("{\"maxParticipants\":null}")
                .patch("/v1/competitions/{id}", cup)
                .then()
                .statusCode(200);
    }

    @Test
    void an_active_or_completed_competition_is_not_cancelled() {
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

    private static Response cancel(TestUser caller, UUID competition) {
        return caller.asking().post("/v1/competitions/{id}/cancel", competition);
    }

    @Test
    void creating_again_after_a_cancellation_makes_another() {
        cancel(creator, cup);

        create(creator, cup()).then().statusCode(201);
    }
}
