package io.tradosphere.billing.plan;

import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.onboard;
import static io.tradosphere.billing.StripeSteps.setPlan;
import static io.tradosphere.billing.StripeSteps.stripe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.StripeSteps;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class PlanTest {

    @BeforeEach
    void an_empty_stripe() {
        begin(Duration.ofDays(1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "9.99, USD, 9.99, 999",
        "10, EUR, 10.00, 1000",
        "500, JPY, 500, 500",
        "1.25, KWD, 1.250, 1250",
        "1200, ISK, 1200, 120000",
        "15000, KRW, 15000, 15000",
        "7.5, BHD, 7.500, 7500",
        "4.49, GBP, 4.49, 449",
        "5000, UGX, 5000, 500000",
        "12.3, CHF, 12.30, 1230",
    })
    void stripe_is_asked_for_what_the_api_says(String price, String currency, String shown, int minorUnits) {
        TestUser creator = KnownProfiles.of(Tier.GROW);

        setPlan(creator, price, currency).then().statusCode(200).body("priceMonthly", equalTo(shown));

        stripe().get("/v1/prices/{id}", priceOf(creator))
                .then()
                .statusCode(200)
                .body("unit_amount", equalTo(minorUnits))
                .body("currency", equalTo(currency.toLowerCase(Locale.ROOT)))
                .body("recurring.interval", equalTo("month"));
        TestUser.nobody()
                .get("/v1/plans/{id}", creator.id())
                .then()
                .statusCode(200)
                .body("priceMonthly", equalTo(shown))
                .body("currency", equalTo(currency))
                .body("payoutsEnabled", equalTo(false));
    }

    @Test
    void a_new_price_is_another_price_of_the_same_product() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        setPlan(creator, "9.99", "USD").then().statusCode(200);
        String first = priceOf(creator);

        setPlan(creator, "12", "USD").then().statusCode(200).body("priceMonthly", equalTo("12.00"));

        assertThat(priceOf(creator)).isNotEqualTo(first);
        assertThat(stripe().get("/v1/prices/{id}", first).<String>path("product"))
                .isEqualTo(stripe().get("/v1/prices/{id}", priceOf(creator)).path("product"));
    }

    @Test
    void the_same_plan_again_changes_nothing() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        String etag = setPlan(creator, "9.99", "USD").header("ETag");

        assertThat(setPlan(creator, "9.990", "USD").header("ETag")).isEqualTo(etag);
        assertThat(stripe().get("/v1/prices").<List<String>>path("data.id")).hasSize(1);
    }

    @Test
    void who_is_free_has_no_plan_and_no_onboarding() {
        TestUser free = KnownProfiles.of(Tier.FREE);

        setPlan(free, "9.99", "USD").then().statusCode(403).body("type", endsWith("/tier-too-low"));
        onboarding(free, "http://localhost:3000/").then().statusCode(403).body("type", endsWith("/tier-too-low"));
        TestUser.nobody().get("/v1/plans/{id}", free.id()).then().statusCode(404);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "0, USD, priceMonthly",
        "-1, USD, priceMonthly",
        "9.999, USD, priceMonthly",
        "1.255, KWD, priceMonthly",
        "0.5, JPY, priceMonthly",
        "1000000, USD, priceMonthly",
        "5, XXX, currency",
        "5, usd, currency",
    })
    void a_price_that_stripe_cannot_charge_is_refused_by_field(String price, String currency, String field) {
        setPlan(KnownProfiles.of(Tier.GROW), price, currency)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void a_creator_can_be_paid_once_stripe_says_so() {
        TestUser creator = KnownProfiles.of(Tier.ELITE);
        setPlan(creator, "9.99", "USD").then().statusCode(200);

        onboard(creator);

        await().atMost(StripeSteps.SOON)
                .until(() ->
                        TestUser.nobody().get("/v1/plans/{id}", creator.id()).path("payoutsEnabled"));
    }

    @Test
    void every_onboarding_link_is_a_new_one_of_the_same_account() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        String first = onboarding(creator, "http://localhost:3000/")
                .then()
                .statusCode(201)
                .body("url", startsWith("http"))
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .path("url");
        String account = StripeSteps.account(creator);

        assertThat(onboarding(creator, "http://localhost:3000/").<String>path("url"))
                .isNotEqualTo(first);
        assertThat(StripeSteps.account(creator)).isEqualTo(account);
    }

    @Test
    void nobody_is_sent_to_an_address_of_a_stranger() {
        onboarding(KnownProfiles.of(Tier.GROW), "https://evil.example.com/")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("returnUrl"));
    }

    @Test
    void while_stripe_is_away_the_caller_is_told_to_retry_and_nothing_is_stored() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        control(Map.of("path", "/v1/products", "times", 3, "status", 503))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        setPlan(creator, "9.99", "USD")
                .then()
                .statusCode(503)
                .body("type", endsWith("/stripe-away"))
                .header("Retry-After", equalTo("5"));

        TestUser.nobody().get("/v1/plans/{id}", creator.id()).then().statusCode(404);
        setPlan(creator, "9.99", "USD").then().statusCode(200);
    }

    @Test
    void a_short_failure_of_stripe_is_not_seen_by_the_caller() {
        control(Map.of("path", "/v1/prices", "times", 1, "drop", true))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        setPlan(KnownProfiles.of(Tier.GROW), "9.99", "USD").then().statusCode(200);

        assertThat(stripe().get("/v1/prices").<List<String>>path("data.id")).hasSize(1);
    }

    private static Response onboarding(TestUser creator, String returnUrl) {
        return creator.asking()
                .body(Map.of("returnUrl", returnUrl, "refreshUrl", "http://localhost:3000/again"))
                .post("/v1/plans/me/onboarding");
    }

    private static String priceOf(TestUser creator) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_price_id FROM plans WHERE creator_id = ?", creator.id())
                .get(0));
    }
}
