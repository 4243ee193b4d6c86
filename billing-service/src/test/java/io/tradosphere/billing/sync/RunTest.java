package io.tradosphere.billing.sync;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.setPlan;
import static io.tradosphere.billing.StripeSteps.stripe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The response to a run of a reconciliation, as {@code verify} reads it. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class RunTest {

    @BeforeEach
    void two_plans() {
        begin(Duration.ofDays(10));
        Sql.asSuperuser().execute("DELETE FROM plans");
        setPlan(KnownProfiles.of(Tier.GROW), "9.99", "USD").then().statusCode(200);
    }

    @AfterEach
    void stripe_is_back() {
        stripe().delete("/_fake/faults").then().statusCode(200);
    }

    @Test
    void a_run_says_that_it_goes_on_until_it_says_what_it_found() {
        TestUser slow = KnownProfiles.of(Tier.GROW);
        setPlan(slow, "5.00", "USD").then().statusCode(200);
        Object price = Sql.asSuperuser()
                .column("SELECT stripe_price_id FROM plans WHERE creator_id = ?", slow.id())
                .get(0);
        fault(Map.of("path", "/v1/prices/" + price, "delay_ms", 5_000));

        List<String> lines = run("billing.plans.stripe");

        assertThat(lines).hasSizeGreaterThan(1).first().asString().matches("\\{\"steps\":[1-9][0-9]*}");
        assertThat(lines).last().isEqualTo("{\"rows\":2,\"drift\":0,\"repaired\":0,\"shown\":[]}");
    }

    @Test
    void a_run_without_stripe_ends_with_the_reason() {
        fault(Map.of("path", "/v1/*", "times", 0, "status", 503));

        assertThat(run("billing.plans.stripe"))
                .last()
                .asString()
                .startsWith("{\"failure\":\"Stripe cannot be asked, so what follows it is not compared: ");

        // The circuit breaker closes.
        stripe_is_back();
        await().atMost(SOON).until(() -> run("billing.plans.stripe").get(0).contains("\"drift\":0"));
    }

    @Test
    void an_unknown_name_is_refused_at_once() {
        assertThat(run("billing.nothing")).containsExactly("There is no reconciliation 'billing.nothing'.");
    }

    private static List<String> run(String name) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + SliceStack.INTERNAL_TOKEN)
                .header("Content-Type", "application/json")
                .body("{\"name\": \"" + name + "\"}")
                .post(SliceStack.internalUrl() + "runs")
                .asString()
                .lines()
                .toList();
    }

    private static void fault(Map<String, ?> fault) {
        control(fault).post("/_fake/faults").then().statusCode(200);
    }
}
