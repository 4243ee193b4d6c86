package io.tradosphere.billing.sync;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.account;
import static io.tradosphere.billing.StripeSteps.awaitQuiet;
import static io.tradosphere.billing.StripeSteps.awaitStatus;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.checkout;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.hasAccess;
import static io.tradosphere.billing.StripeSteps.onboard;
import static io.tradosphere.billing.StripeSteps.pay;
import static io.tradosphere.billing.StripeSteps.setPlan;
import static io.tradosphere.billing.StripeSteps.show;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.VerifySteps;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.ReconciliationException;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code verify} finds when a row is not as Stripe has it. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class StripeReconciliationTest {

    private static final String SUBSCRIPTIONS = "subscriptions.stripe";
    private static final String TIERS = "tier_subscriptions.stripe";

    @Inject
    VerifySteps reconciliations;

    @BeforeEach
    void nothing_of_earlier_tests_is_left() {
        begin(Duration.ofDays(10));
        for (String table : List.of(
                "subscriptions", "tier_subscriptions", "refunds", "plans", "payout_accounts", "stripe_customers")) {
            Sql.asSuperuser().execute("DELETE FROM " + table);
        }
        Sql.asSuperuser().execute("DELETE FROM payouts WHERE status <> 'unfunded'");
    }

    @AfterEach
    void stripe_is_back() {
        stripe().delete("/_fake/faults").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'past_due'",
                "access_until = access_until + INTERVAL '1 year'",
                "price_monthly = 1",
                "currency = 'EUR'",
                "current_period_end = current_period_end + INTERVAL '1 day'",
                "cancel_at_period_end = true",
                "ended_at = now()",
                "stripe_status = 'trialing'"
            })
    void a_subscription_that_is_not_as_at_stripe_is_named_and_repaired_by_a_fetch(String damage) {
        // Given
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        String before = show(alice, id).then().extract().path("accessUntil");
        assertThat(verify(SUBSCRIPTIONS).drift()).isZero();

        awaitQuiet();
        // When
        Sql.asSuperuser().execute("UPDATE subscriptions SET " + damage + " WHERE id = ?", id);

        // Then
        Outcome found = verify(SUBSCRIPTIONS);
        assertThat(found.drift()).isEqualTo(1);
        assertThat(found.repaired()).isZero();
        assertThat(found.shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference())
                        .startsWith(damage.split(" ", 2)[0] + " is ")
                        .contains(", should be "));
        assertThat(repair(SUBSCRIPTIONS).repaired()).isEqualTo(1);
        assertThat(verify(SUBSCRIPTIONS).drift()).isZero();
        assertThat(show(alice, id).<String>path("accessUntil")).isEqualTo(before);
        assertThat(show(alice, id).<String>path("status")).isEqualTo("active");
        assertThat(hasAccess(alice, creator)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier = 'gladiator'", "held_until = now() + INTERVAL '1 year'", "is_held = false"})
    void a_tier_that_is_not_as_at_stripe_is_named_and_repaired(String damage) {
        TestUser alice = subscriber();
        pay(tierCheckout(alice));
        await().atMost(SOON)
                .until(() -> "elite".equals(alice.asking().get("/v1/tiers/me").path("purchase.tier")));
        assertThat(verify(TIERS).drift()).isZero();

        awaitQuiet();
        Sql.asSuperuser().execute("UPDATE tier_subscriptions SET " + damage + " WHERE profile_id = ?", alice.id());

        assertThat(verify(TIERS).shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference()).startsWith(damage.split(" ", 2)[0] + " is "));
        assertThat(repair(TIERS).repaired()).isEqualTo(1);
        assertThat(verify(TIERS).drift()).isZero();
    }

    @Test
    void a_subscription_that_has_no_row_is_named_and_comes_back() {
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        awaitQuiet();
        Sql.asSuperuser().execute("DELETE FROM subscriptions WHERE id = ?", id);

        assertThat(verify(SUBSCRIPTIONS).shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference()).isEqualTo("is not known, should be"));

        assertThat(repair(SUBSCRIPTIONS).repaired()).isEqualTo(1);
        awaitStatus(alice, id, "active");
    }

    @Test
    void a_row_of_which_stripe_knows_nothing_is_named_and_stays() {
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator());
        begin(Duration.ofDays(10));

        assertThat(verify(SUBSCRIPTIONS).shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference()).isEqualTo("is known, should not be"));

        assertThat(repair(SUBSCRIPTIONS).repaired()).isZero();
        assertThat(show(alice, id).<String>path("status")).isEqualTo("active");
    }

    @Test
    void news_that_no_webhook_has_told_are_no_drift_and_are_known_afterwards() {
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator());
        control(Map.of("lost", 1.0)).post("/_fake/webhooks").then().statusCode(200);
        stripe().delete("/v1/subscriptions/{id}", atStripe(id)).then().statusCode(200);

        assertThat(verify(SUBSCRIPTIONS).drift()).isZero();

        assertThat(show(alice, id).<String>path("status")).isEqualTo("cancelled");
    }

    @Test
    void while_stripe_is_away_verify_says_so_in_one_line() {
        subscribed(subscriber(), creator());
        control(Map.of("path", "/v1/*", "times", 0, "status", 503))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        assertThatThrownBy(() -> verify(SUBSCRIPTIONS))
                .isInstanceOf(ReconciliationException.class)
                .hasMessageStartingWith("Stripe cannot be asked, so what follows it is not compared: ")
                .message()
                .doesNotContain("\n", "Exception");

        // The circuit breaker closes.
        stripe_is_back();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> verify(SUBSCRIPTIONS).drift() == 0);
    }

    @Test
    void who_can_be_paid_is_compared_with_stripes_account() {
        TestUser creator = creator();
        await().atMost(SOON).until(() -> repair("payout_accounts.stripe").drift() == 0);
        awaitQuiet();
        Sql.asSuperuser()
                .execute("UPDATE payout_accounts SET payouts_enabled = false WHERE profile_id = ?", creator.id());

        assertThat(verify("payout_accounts.stripe").shown())
                .containsExactly(new Outcome.Drift(account(creator), "payouts_enabled is false, should be true"));

        assertThat(repair("payout_accounts.stripe").repaired()).isEqualTo(1);
        assertThat(verify("payout_accounts.stripe").drift()).isZero();
    }

    @Test
    void refunds_and_disputes_are_compared_with_stripes() {
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator());
        Response charge = stripe().get("/v1/charges?customer=" + customer(alice));
        stripe().formParam("charge", charge.<String>path("data[0].id"))
                .formParam("amount", "100")
                .post("/v1/refunds")
                .then()
                .statusCode(200);
        TestUser bob = subscriber();
        UUID other = subscribed(bob, creator());
        control(Map.of(
                        "charge",
                        stripe().get("/v1/charges?customer=" + customer(bob)).<String>path("data[0].id"),
                        "reason",
                        "fraudulent"))
                .post("/_fake/disputes")
                .then()
                .statusCode(200);
        await().atMost(SOON)
                .until(() -> kinds(alice, id).size() + kinds(bob, other).size() == 2);
        assertThat(verify("refunds.stripe").drift()).isZero();
        assertThat(verify("refunds.stripe_disputes").drift()).isZero();

        awaitQuiet();
        Sql.asSuperuser()
                .execute(
                        "UPDATE refunds SET amount = amount + 1, occurred_at = occurred_at - INTERVAL '1 day'"
                                + " WHERE subscription_id = ?",
                        id);
        Sql.asSuperuser().execute("UPDATE refunds SET status = 'won' WHERE subscription_id = ?", other);

        assertThat(verify("refunds.stripe").shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference())
                        .contains("amount is 2.000, should be 1.000", "; occurred_at is "));
        assertThat(verify("refunds.stripe_disputes").shown())
                .singleElement()
                .satisfies(
                        drift -> assertThat(drift.difference()).isEqualTo("status is won, should be needs_response"));
        assertThat(repair("refunds.stripe").repaired()).isEqualTo(1);
        assertThat(repair("refunds.stripe_disputes").repaired()).isEqualTo(1);
        assertThat(verify("refunds.stripe").drift()).isZero();
        assertThat(verify("refunds.stripe_disputes").drift()).isZero();
    }

    @Test
    void a_plan_whose_price_at_stripe_is_another_is_named() {
        TestUser creator = creator();
        assertThat(verify("plans.stripe").drift()).isZero();
        Sql.asSuperuser().execute("UPDATE plans SET price_monthly = 5 WHERE creator_id = ?", creator.id());

        assertThat(verify("plans.stripe").shown())
                .containsExactly(new Outcome.Drift(creator.id().toString(), "price_monthly is 5, should be 9.99"));

        // Its creator sets it again.
        setPlan(creator, "6.00", "USD").then().statusCode(200);
        assertThat(verify("plans.stripe").drift()).isZero();
    }

    @Test
    void a_customer_of_somebody_else_is_named() {
        TestUser alice = subscriber();
        checkout(alice, creator()).then().statusCode(201);
        assertThat(verify("stripe_customers.stripe").drift()).isZero();
        String strange = stripe().formParam(
                        "metadata[profile]", UUID.randomUUID().toString())
                .post("/v1/customers")
                .path("id");
        Sql.asSuperuser()
                .execute(
                        "UPDATE stripe_customers SET stripe_customer_id = ? WHERE profile_id = ?", strange, alice.id());

        assertThat(verify("stripe_customers.stripe").shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift.difference()).startsWith("profile_id is " + alice.id()));
    }

    @Test
    void a_transfer_that_a_payout_does_not_show_is_named_and_found_again() {
        UUID payout = paidPayout();
        String transfer = transferOf(payout);
        Sql.asSuperuser().execute("UPDATE payouts SET stripe_transfer_id = 'tr_wrong' WHERE id = ?", payout);

        assertThat(verify("payouts.stripe").shown())
                .containsExactly(
                        new Outcome.Drift(payout.toString(), "stripe_transfer_id is tr_wrong, should be " + transfer));
        assertThat(repair("payouts.stripe").repaired()).isEqualTo(1);
        assertThat(transferOf(payout)).isEqualTo(transfer);

        // Or as if it had not been paid.
        Sql.asSuperuser()
                .execute(
                        "UPDATE payouts SET status = 'owed', stripe_transfer_id = NULL, paid_at = NULL WHERE id = ?",
                        payout);
        assertThat(repair("payouts.stripe").repaired()).isEqualTo(1);
        assertThat(transferOf(payout)).isEqualTo(transfer);
        assertThat(verify("payouts.stripe").drift()).isZero();
    }

    @Test
    void a_payout_that_is_paid_here_alone_is_named_and_never_paid_by_itself() {
        UUID payout = paidPayout();
        String transfer = transferOf(payout);
        begin(Duration.ofDays(10));

        assertThat(repair("payouts.stripe"))
                .satisfies(outcome -> assertThat(outcome.repaired()).isZero())
                .extracting(Outcome::shown)
                .isEqualTo(List.of(new Outcome.Drift(
                        payout.toString(), "stripe_transfer_id is " + transfer + ", should be null")));
    }

    private UUID paidPayout() {
        control(Map.of("currency", "usd", "available", 100_000, "pending", 0))
                .post("/_fake/balance")
                .then()
                .statusCode(200);
        TestUser winner = KnownProfiles.of(Tier.GROW);
        onboard(winner);
        UUID payout = UUID.randomUUID();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO payouts (id, kind, source_id, winner_id, profile_id, incarnation, amount, currency, status)"
                                + " VALUES (?, 'prize', gen_random_uuid(), gen_random_uuid(), ?, ?, 20, 'USD', 'owed')",
                        payout,
                        winner.id(),
                        KnownProfiles.incarnation(winner));
        TestUser.withRole("platform-admin")
                .asking()
                .post("/v1/payouts/run")
                .then()
                .statusCode(202);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT count(*) FROM payouts WHERE status = 'paid' AND id = ?", payout)
                        == 1);
        return payout;
    }

    private static String transferOf(UUID payout) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_transfer_id FROM payouts WHERE id = ?", payout)
                .get(0));
    }

    private static String atStripe(UUID id) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_subscription_id FROM subscriptions WHERE id = ?", id)
                .get(0));
    }

    private static List<String> kinds(TestUser party, UUID subscription) {
        return show(party, subscription).path("refunds.kind");
    }

    private static Response tierCheckout(TestUser buyer) {
        return buyer.asking()
                .body(Map.of(
                        "tier",
                        "elite",
                        "successUrl",
                        "http://localhost:3000/paid",
                        "cancelUrl",
                        "http://localhost:3000/"))
                .post("/v1/tiers/checkout");
    }

    private Outcome verify(String name) {
        return reconciliations.verify(name);
    }

    private Outcome repair(String name) {
        return reconciliations.repair(name);
    }
}
