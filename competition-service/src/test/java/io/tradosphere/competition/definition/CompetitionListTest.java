package io.tradosphere.competition.definition;

import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class CompetitionListTest {

    private static final String MANY = """
            INSERT INTO competitions (creator_id, name, type, prize_pool, rules, scoring_metrics, starts_at, ends_at, created_at)
            SELECT CASE WHEN n % 10 = 0 THEN ?::uuid END, 'one of many', 'free_for_all', 0, '{}', '{}',
              now() + interval '1 day', now() + interval '2 days', now() - n * interval '1 minute'
            FROM generate_series(1, 20000) AS n
            """;
    private static final String PLAN = """
            EXPLAIN (ANALYZE, TIMING OFF) SELECT * FROM competitions c
            WHERE (c.created_at, c.id) < (now() - interval '5 days', uuidv7()) %s
            ORDER BY c.created_at DESC, c.id DESC LIMIT 20
            """;

    @Test
    void competitions_are_listed_newest_first_page_by_page() {
        TestUser creator = gladiator();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, created(creator, cup()).toString());
        }

        Response first = list("creatorId=" + creator.id() + "&limit=2");
        Response second = list("creatorId=" + creator.id() + "&limit=2&cursor=" + first.path("nextCursor"));
        Response third = list("creatorId=" + creator.id() + "&limit=2&cursor=" + second.path("nextCursor"));

        List<String> seen = new ArrayList<>(ids(first));
        seen.addAll(ids(second));
        seen.addAll(ids(third));
        assertThat(seen).isEqualTo(newestFirst);
        assertThat(third.<String>path("nextCursor")).isNull();
        first.then().header("Link", containsString("rel=\"next\""));
    }

    @Test
    void a_competition_created_while_paging_moves_no_page() {
        TestUser creator = gladiator();
        UUID oldest = created(creator, cup());
        created(creator, cup());
        Response first = list("creatorId=" + creator.id() + "&limit=1");
        created(creator, cup());

        assertThat(ids(list("creatorId=" + creator.id() + "&limit=1&cursor=" + first.path("nextCursor"))))
                .containsExactly(oldest.toString());
    }

    @Test
    void the_list_is_filtered_by_status_and_by_creator() {
        TestUser creator = gladiator();
        UUID upcoming = created(creator, cup());
        UUID active = created(creator, cup());
        start(active);

        assertThat(ids(list("creatorId=" + creator.id() + "&status=active"))).containsExactly(active.toString());
        assertThat(ids(list("creatorId=" + creator.id() + "&status=upcoming"))).containsExactly(upcoming.toString());
        assertThat(ids(list("status=active&limit=100")))
                .contains(active.toString())
                .doesNotContain(upcoming.toString());
        assertThat(ids(list("limit=100"))).contains(active.toString(), upcoming.toString());
        assertThat(ids(list("creatorId=" + UUID.randomUUID()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status=over, status", "creatorId=me, creatorId", "limit=0, limit"})
    void a_filter_that_cannot_be_is_refused(String query, String field) {
        list(query).then().statusCode(400).body("violations.field", equalTo(List.of(field)));
    }

    @Test
    void every_filter_has_an_index_behind_it_among_many_competitions() {
        TestUser creator = gladiator();
        Sql.asSuperuser().execute(MANY, creator.id());
        Sql.asSuperuser().execute("ANALYZE competitions");

        for (String filter : List.of("", "AND c.status = 'upcoming'", "AND c.creator_id = '" + creator.id() + "'")) {
            String plan = Sql.asSuperuser().column(PLAN.formatted(filter)).toString();
            assertThat(plan).as(filter).contains("Index Scan").doesNotContain("Sort", "Seq Scan", "Rows Removed");
        }
    }

    private static Response list(String query) {
        return TestUser.nobody().get("/v1/competitions?" + query);
    }

    private static List<String> ids(Response page) {
        page.then().statusCode(200);
        return page.jsonPath().getList("items.id", String.class);
    }
}
