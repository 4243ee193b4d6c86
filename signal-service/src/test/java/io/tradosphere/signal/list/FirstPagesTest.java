package io.tradosphere.signal.list;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FirstPagesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void a_signal_is_on_the_first_page_of_every_request_later_than_250_ms_after_its_commit() {
        TestUser creator = creator();
        for (String query : List.of("", "?limit=5", "?status=active", "?limit=50&status=active")) {
            first(query);

            UUID signal = posted(creator, signalFields(freshSymbol()));
            long committed = System.nanoTime();

            assertThat(ageOfTheLastPageWithout(query, committed, ids -> ids.contains(signal.toString())))
                    .as(query)
                    .isLessThanOrEqualTo(FirstPage.OLDEST);
        }
    }

    @Test
    void a_signal_leaves_the_first_page_of_active_ones_within_250_ms_of_its_resolution() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        await().atMost(SOON).until(() -> ids("?status=active").contains(signal.toString()));

        asksToResolve(creator, signal, "hit", "110").then().statusCode(200);
        long committed = System.nanoTime();

        assertThat(ageOfTheLastPageWithout("?status=active", committed, ids -> !ids.contains(signal.toString())))
                .isLessThanOrEqualTo(FirstPage.OLDEST);
        await().atMost(SOON).until(() -> ids("").contains(signal.toString()));
    }

    @Test
    void the_link_leads_from_the_first_page_to_the_second() {
        TestUser creator = creator();
        for (int i = 0; i < 25; i++) {
            postedBefore(creator, freshSymbol(), 0);
        }

        for (String query : List.of("", "?limit=5", "?limit=5&status=active", "?limit=05", "?status=active&cursor=")) {
            Response first = first(query);

            String link = first.header("Link");
            assertThat(link).as(query).startsWith("</v1/signals?").endsWith(">; rel=\"next\"");
            String next = link.substring(1, link.indexOf('>'));
            assertThat(next).contains("cursor=" + first.path("nextCursor"));
            List<String> followed =
                    RestAssured.given().urlEncodingEnabled(false).get(next).path("items.id");
            assertThat(followed).isNotEmpty().doesNotContainAnyElementsOf(first.<List<String>>path("items.id"));
        }
    }

    @Test
    void a_caller_with_a_token_gets_the_same_page() {
        posted(creator(), signalFields(freshSymbol()));
        TestUser reader = TestUser.stranger();

        await().atMost(SOON).untilAsserted(() -> {
            Response anonymous = first("");
            Response identified = reader.asking().get("/v1/signals");
            assertThat(identified.statusCode()).isEqualTo(200);
            assertThat(identified.asString()).isEqualTo(anonymous.asString());
            assertThat(identified.contentType()).isEqualTo(anonymous.contentType());
            assertThat(identified.header("Link")).isEqualTo(anonymous.header("Link"));
        });
    }

    @Test
    void an_invalid_token_and_an_unsupported_accept_header_are_refused() {
        first("");

        RestAssured.given()
                .auth()
                .oauth2("forged")
                .get("/v1/signals")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        RestAssured.given()
                .accept("text/html")
                .get("/v1/signals")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
        RestAssured.given().get("/v1/signals?limit=5&limit=6x").then().statusCode(not(equalTo(500)));
        RestAssured.given()
                .get("/v1/signals?status=activ")
                .then()
                .statusCode(400)
                .body("type", equalTo(problem("invalid-request")));
    }

    @Test
    void a_failed_load_is_not_cached() {
        first("?limit=7");
        Sql.asSuperuser().execute("REVOKE SELECT ON signals FROM signal_app");
        try {
            await().atMost(SOON)
                    .untilAsserted(() -> RestAssured.get("/v1/signals?limit=7")
                            .then()
                            .statusCode(500)
                            .contentType("application/problem+json"));
        } finally {
            Sql.asSuperuser().execute("GRANT SELECT ON signals TO signal_app");
        }

        first("?limit=7");
    }

    @Test
    void many_concurrent_requests_all_get_a_response() {
        posted(creator(), signalFields(freshSymbol()));

        List<Integer> statuses = Concurrently.run(Collections.<Callable<Integer>>nCopies(
                40, () -> RestAssured.get("/v1/signals?limit=30").statusCode()));

        assertThat(statuses).containsOnly(200);
    }

    /** How long after the commit the last request began whose response was not as expected. */
    private static Duration ageOfTheLastPageWithout(String query, long committed, Predicate<List<String>> asWished) {
        long last = committed;
        while (true) {
            long asked = System.nanoTime();
            if (asWished.test(ids(query))) {
                return Duration.ofNanos(last - committed);
            }
            assertThat(Duration.ofNanos(asked - committed)).isLessThan(SOON);
            last = asked;
        }
    }

    private static List<String> ids(String query) {
        return first(query).path("items.id");
    }

    private static Response first(String query) {
        return RestAssured.get("/v1/signals" + query)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }
}
