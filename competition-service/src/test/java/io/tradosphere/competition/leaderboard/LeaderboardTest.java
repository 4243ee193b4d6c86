package io.tradosphere.competition.leaderboard;

import static io.tradosphere.competition.scoring.ScoringSteps.awaitRanked;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.closeTrade;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.participant;
import static io.tradosphere.competition.scoring.ScoringSteps.participantFor;
import static io.tradosphere.competition.scoring.ScoringSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class LeaderboardTest {

    private static final String NOT_FOUND = "https://tradosphere.io/problems/not-found";

    @Test
    void it_shows_who_leads_and_by_what_to_anybody() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser idle = participant(cup);
        closeTrade(alice, "20.50");
        closeTrade(alice, "-500");
        closeTrade(bob, "30");
        awaitRanked(cup);

        board(TestUser.nobody(), cup)
                .body("items.rank", contains(1, 2, 3))
                .body("items.profileId", contains(text(bob), text(idle), text(alice)))
                .body("items[0].tier", equalTo("gladiator"))
                .body("items.score", contains("1", "0.5", "0"))
                .body("items.totalPnl", contains("30", "0", "-479.5"))
                .body("items.winRate", contains(100.0f, null, 50.0f))
                .body("items.maxDrawdown", contains(0.0f, null, 4.9898f))
                .body("items.tradeCount", contains(1, 0, 2))
                .body("items[0].clanId", nullValue())
                .body("items[0].id", nullValue())
                .body("nextCursor", nullValue());
    }

    @Test
    void its_pages_hold_everybody_once_also_where_many_share_a_rank() {
        UUID cup = competition();
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            people.add(text(participant(cup)));
        }
        awaitRanked(cup);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = TestUser.nobody()
                    .queryParam("limit", 3)
                    .queryParam("cursor", cursor)
                    .get("/v1/competitions/{id}/leaderboard", cup)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.profileId", String.class));
            cursor = page.getString("nextCursor");
        }

        assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void a_participant_in_stealth_mode_is_visible_only_to_themselves_and_leaves_no_gap() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        closeTrade(alice, "30");
        closeTrade(bob, "20");
        closeTrade(carol, "10");
        change(cup, bob, "hidden = true");
        awaitRanked(cup);

        for (RequestSpecification other : List.of(TestUser.nobody(), alice.asking(), trader().asking())) {
            board(other, cup)
                    .body("items.profileId", contains(text(alice), text(carol)))
                    .body("items.rank", contains(1, 2));
        }
        board(bob.asking(), cup).body("items.profileId", hasSize(3)).body("items.rank", contains(1, 2, 2));
        own(bob, cup).body("trueRank", equalTo(2)).body("own.rank", equalTo(2));
        own(carol, cup).body("trueRank", equalTo(3)).body("own.rank", equalTo(2));
    }

    @Test
    void a_participant_sees_their_rank_with_two_above_and_three_below() {
        UUID cup = competition();
        List<TestUser> people =
                IntStream.range(0, 9).mapToObj(i -> participant(cup)).toList();
        for (int i = 0; i < 9; i++) {
            closeTrade(people.get(i), Integer.toString(100 - i));
        }
        awaitRanked(cup);

        own(people.get(4), cup)
                .body("trueRank", equalTo(5))
                .body("own.profileId", equalTo(text(people.get(4))))
                .body("around.rank", contains(3, 4, 5, 6, 7, 8));
        own(people.get(0), cup).body("around.rank", contains(1, 2, 3, 4, 5, 6));
        own(people.get(8), cup).body("around.rank", contains(4, 5, 6, 7, 8, 9));
        own(people.get(7), cup).body("around.rank", contains(4, 5, 6, 7, 8, 9));
    }

    @Test
    void a_withdrawn_or_disqualified_participant_has_a_row_and_no_rank() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        participant(cup);
        closeTrade(alice, "3");
        change(cup, alice, "status = 'disqualified', disqualification_reason = 'cheats'");
        awaitRanked(cup);

        own(alice, cup)
                .body("trueRank", nullValue())
                .body("own.rank", nullValue())
                .body("own.totalPnl", equalTo("3"))
                .body("around", empty());
        board(TestUser.nobody(), cup).body("items", hasSize(1));
    }

    @Test
    void a_non_participant_has_no_own_rank() {
        UUID cup = competition();

        problem(
                trader().asking()
                        .get("/v1/competitions/{id}/leaderboard/me", cup)
                        .then(),
                404,
                "not-found");
        problem(
                TestUser.nobody()
                        .get("/v1/competitions/{id}/leaderboard/me", cup)
                        .then(),
                401,
                "unauthenticated");
    }

    @Test
    void what_does_not_exist_has_neither_leaderboard_nor_results() {
        for (String part : List.of("leaderboard", "leaderboard/me", "results")) {
            trader().asking()
                    .get("/v1/competitions/" + UUID.randomUUID() + "/" + part)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo(NOT_FOUND));
        }
        TestUser.nobody().get("/v1/competitions/cup/leaderboard").then().statusCode(404);
    }

    @Test
    void bad_cursors_and_limits_are_refused() {
        UUID cup = competition();
        for (Map<String, ?> query :
                List.of(Map.of("limit", "0"), Map.of("limit", "101"), Map.of("cursor", "x"), Map.of("cursor", "MQ"))) {
            for (String list : List.of("leaderboard", "results")) {
                TestUser.nobody()
                        .queryParams(query)
                        .get("/v1/competitions/" + cup + "/" + list)
                        .then()
                        .statusCode(400);
            }
        }
    }

    @Test
    void a_competition_without_participants_has_an_empty_leaderboard() {
        board(TestUser.nobody(), competition()).body("items", empty()).body("nextCursor", nullValue());
    }

    @Test
    void a_member_of_a_team_shows_whose_they_are() {
        UUID cup = competition("team", "{\"totalPnl\":1}", "{\"lateEntry\":true}");
        UUID clan = UUID.randomUUID();
        participantFor(clan, cup);
        awaitRanked(cup);

        board(TestUser.nobody(), cup).body("items[0].clanId", equalTo(clan.toString()));
    }

    @Test
    void results_are_not_there_before_the_end() {
        problem(
                TestUser.nobody()
                        .get("/v1/competitions/{id}/results", competition())
                        .then(),
                409,
                "not-completed");
    }

    @Test
    void however_many_take_part_a_page_and_what_is_around_are_a_range_of_an_index() {
        UUID cup = competition();
        Sql.asSuperuser().execute("""
                        WITH people AS (
                          INSERT INTO profiles (id, username, tier, incarnation, sequence)
                          SELECT gen_random_uuid(), 'b' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 25), 'grow', 1, 1
                          FROM generate_series(1, 3000) RETURNING id)
                        INSERT INTO competition_participants (competition_id, user_id) SELECT ?, id FROM people
                        """, cup);
        TestUser alice = participant(cup);
        closeTrade(alice, "1");
        awaitRanked(cup);
        Sql.asSuperuser().execute("ANALYZE competition_participants");

        for (String query : List.of(
                "(public_rank, id) > (1, ?) ORDER BY public_rank, id",
                "(public_rank, id) < (2, ?) ORDER BY public_rank DESC, id DESC")) {
            List<Object> plan = Sql.asSuperuser()
                    .column(
                            "EXPLAIN SELECT * FROM competition_participants WHERE competition_id = ? AND " + query
                                    + " LIMIT 5",
                            cup,
                            UUID.randomUUID());
            assertThat(plan.toString()).contains("idx_participants_competition").doesNotContain("Sort");
        }
        own(alice, cup).body("around.rank", contains(1, 2, 2, 2, 2, 2));
    }

    private static ValidatableResponse board(RequestSpecification request, UUID cup) {
        return request.get("/v1/competitions/{id}/leaderboard", cup).then().statusCode(200);
    }

    private static ValidatableResponse own(TestUser person, UUID cup) {
        return person.asking()
                .get("/v1/competitions/{id}/leaderboard/me", cup)
                .then()
                .statusCode(200);
    }

    private static void problem(ValidatableResponse response, int status, String kind) {
        response.statusCode(status).body("type", endsWith("/" + kind));
    }

    private static String text(TestUser person) {
        return person.id().toString();
    }
}
