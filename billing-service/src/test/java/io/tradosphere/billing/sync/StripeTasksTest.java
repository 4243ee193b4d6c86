package io.tradosphere.billing.sync;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.stripe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.Http;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transaction has decided to do at Stripe. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class StripeTasksTest {

    @Test
    void tasks_that_stripe_refuses_do_not_hold_up_the_others() {
        // Given
        begin(Duration.ofDays(1));
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            customers.add(
                    stripe().formParam("name", "Somebody").post("/v1/customers").path("id"));
        }
        // When
        for (int i = 0; i < customers.size(); i++) {
            Sql.asSuperuser()
                    .execute(
                            "INSERT INTO stripe_tasks (kind, stripe_id, other_stripe_id, next_attempt_at) VALUES"
                                    + " ('cancel-duplicate-subscription', ?, 'sub_none', now() + INTERVAL '1 hour'),"
                                    + " ('delete-customer', ?, NULL, now() + INTERVAL '1 hour')",
                            "sub_" + i,
                            customers.get(i));
        }
        // The plan of a claim depends on how many rows PostgreSQL believes there are.
        Sql.asSuperuser().execute("ANALYZE stripe_tasks");
        Sql.asSuperuser().execute("UPDATE stripe_tasks SET next_attempt_at = now()");
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                Sql.asSuperuser().column("SELECT stripe_id FROM stripe_tasks WHERE parked_at IS NULL"))
                        .isEmpty());
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks"))
                .isEqualTo(customers.size());
        Sql.asSuperuser().execute("DELETE FROM stripe_tasks");
    }

    @Test
    void a_task_that_waits_for_stripe_says_why() {
        // Given
        begin(Duration.ofDays(1));
        Http.control("/_fake/faults", Map.of("method", "DELETE", "path", "/v1/customers/*", "times", 0, "status", 503))
                .require(200);
        // When
        for (int i = 0; i < 12; i++) {
            String customer = Http.stripe("POST", "/v1/customers", Map.of("name", "Somebody"))
                    .require(200)
                    .text("id");
            Sql.asSuperuser()
                    .execute("INSERT INTO stripe_tasks (kind, stripe_id) VALUES ('delete-customer', ?)", customer);
        }
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser().column("SELECT reason FROM stripe_tasks"))
                        .anySatisfy(reason -> assertThat(String.valueOf(reason))
                                .startsWith("Stripe is not called for 5 s, since most calls failed; the last one: ")
                                .doesNotContain("no answer", "Exception")));
        stripe().baseUri(StripeResource.fake().baseUrl())
                .delete("/_fake/faults")
                .then()
                .statusCode(200);
        await().atMost(SOON).until(() -> {
            Sql.asSuperuser().execute("UPDATE stripe_tasks SET next_attempt_at = now() WHERE claim IS NULL");
            return Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks") == 0;
        });
    }
}
