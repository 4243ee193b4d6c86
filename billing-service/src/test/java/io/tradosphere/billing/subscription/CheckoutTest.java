package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.StripeSteps.account;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.checkout;
import static io.tradosphere.billing.StripeSteps.checkoutOf;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.setPlan;
import static io.tradosphere.billing.StripeSteps.show;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class CheckoutTest {

    @BeforeEach
    void an_empty_stripe() {
        begin(Duration.ofDays(1));
    }

    @Test
    void the_money_goes_to_the_creator_without_the_platforms_fee() {
        TestUser alice = subscriber();
        TestUser creator = creator();

        UUID id = subscribed(alice, creator);

        stripe().get("/v1/subscriptions/{id}", atStripe(id))
                .then()
                .statusCode(200)
                .body("application_fee_percent", equalTo(10.0f))
                .body("transfer_data.destination", equalTo(account(creator)));
    }

    @Test
    void nobody_subscribes_to_oneself() {
        TestUser creator = creator();

        checkout(creator, creator).then().statusCode(400).body("type", endsWith("/self-subscription"));
    }

    @Test
    void a_creator_without_a_plan_cannot_be_subscribed_to() {
        checkout(subscriber(), KnownProfiles.of(Tier.GROW))
                .then()
                .statusCode(409)
                .body("type", endsWith("/no-plan"));
    }

    @Test
    void a_creator_who_cannot_be_paid_yet_cannot_be_subscribed_to() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        setPlan(creator, "5", "USD").then().statusCode(200);

        checkout(subscriber(), creator).then().statusCode(409).body("type", endsWith("/payouts-not-enabled"));
    }

    @Test
    void an_unknown_creator_is_not_found() {
        checkout(subscriber(), TestUser.stranger()).then().statusCode(404).body("type", endsWith("/unknown-profile"));
    }

    @Test
    void who_is_subscribed_cannot_subscribe_again() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        subscribed(alice, creator);

        checkout(alice, creator).then().statusCode(409).body("type", endsWith("/already-subscribed"));
    }

    @Test
    void nobody_is_sent_to_an_address_of_a_stranger() {
        Map<String, Object> body = new HashMap<>(checkoutOf(creator()));
        body.put("successUrl", "https://localhost.evil.example.com/");

        subscriber()
                .asking()
                .body(body)
                .post("/v1/subscriptions")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("successUrl"));
    }

    @Test
    void the_same_key_gets_the_same_checkout() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        Response first = keyed(alice, creator, "k1");

        Response again = keyed(alice, creator, "k1");

        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.<String>path("checkoutUrl")).isEqualTo(first.path("checkoutUrl"));
        keyed(alice, creator(), "k1").then().statusCode(422);
        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void of_many_requests_with_one_key_at_once_one_makes_the_checkout() {
        TestUser alice = subscriber();
        TestUser creator = creator();

        List<Integer> statuses = Concurrently.run(
                Collections.nCopies(8, () -> keyed(alice, creator, "k2").statusCode()));

        assertThat(statuses).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void an_answer_of_stripes_that_is_lost_is_asked_for_again_and_nothing_is_made_twice() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        control(Map.of("path", "/v1/checkout/sessions", "when", "after", "drop", true))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        keyed(alice, creator, "k3").then().statusCode(201);

        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void a_request_that_failed_while_stripe_was_away_is_continued_by_the_next_with_its_key() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        control(Map.of("method", "POST", "path", "/v1/checkout/sessions", "times", 3, "status", 503))
                .post("/_fake/faults")
                .then()
                .statusCode(200);
        keyed(alice, creator, "k5").then().statusCode(503).body("type", endsWith("/stripe-away"));

        keyed(alice, creator, "k5").then().statusCode(201).body("checkoutUrl", startsWith("http"));

        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void a_request_that_died_is_continued_by_the_next_with_its_key_once_its_lease_is_over() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        keyed(alice, creator, "k4").then().statusCode(201);
        Sql.asSuperuser()
                .execute(
                        "UPDATE idempotency_keys SET status = NULL, body = NULL, leased_until = now() + interval '1 hour' WHERE caller_id = ?",
                        alice.id());
        keyed(alice, creator, "k4").then().statusCode(409).body("type", endsWith("/idempotency-in-progress"));

        Sql.asSuperuser()
                .execute(
                        "UPDATE idempotency_keys SET leased_until = now() - interval '1 second' WHERE caller_id = ?",
                        alice.id());

        keyed(alice, creator, "k4").then().statusCode(201);
        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void both_parties_see_the_subscription_and_a_stranger_does_not() {
        TestUser alice = subscriber();
        TestUser creator = creator();
        UUID id = subscribed(alice, creator);

        show(alice, id).then().statusCode(200).body("priceMonthly", equalTo("9.99"));
        show(creator, id)
                .then()
                .statusCode(200)
                .body("subscriberId", equalTo(alice.id().toString()));
        show(subscriber(), id).then().statusCode(404);
        list(alice, "").body("items.id", contains(id.toString()));
        list(alice, "?role=creator").body("items", empty());
        list(creator, "?role=creator&status=active").body("items.id", contains(id.toString()));
        list(creator, "?role=creator&status=cancelled").body("items", empty());
        creator.asking().delete("/v1/subscriptions/{id}", id).then().statusCode(403);
        subscriber().asking().delete("/v1/subscriptions/{id}", id).then().statusCode(404);
    }

    @Test
    void the_portal_opens_for_who_has_paid() {
        TestUser alice = subscriber();
        portal(alice).then().statusCode(409).body("type", endsWith("/never-paid"));
        subscribed(alice, creator());

        portal(alice).then().statusCode(201).body("url", startsWith("http"));
    }

    private static ValidatableResponse list(TestUser person, String query) {
        return person.asking().get("/v1/subscriptions" + query).then().statusCode(200);
    }

    private static Response portal(TestUser person) {
        return person.asking()
                .body(Map.of("returnUrl", "http://localhost:3000/account"))
                .post("/v1/subscriptions/portal");
    }

    private static Response keyed(TestUser subscriber, TestUser creator, String key) {
        return subscriber
                .asking()
                .header("Idempotency-Key", key)
                .body(checkoutOf(creator))
                .post("/v1/subscriptions");
    }

    private static List<String> sessions(TestUser subscriber) {
        return stripe().get("/v1/checkout/sessions?customer=" + customer(subscriber))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    private static String atStripe(UUID id) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_subscription_id FROM subscriptions WHERE id = ?", id)
                .get(0));
    }
}
