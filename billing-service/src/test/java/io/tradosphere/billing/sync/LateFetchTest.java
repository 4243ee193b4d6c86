package io.tradosphere.billing.sync;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitQuiet;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.setPlan;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.VerifySteps;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's answers that are on their way for so long that they are old when they arrive. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class LateFetchTest {

    private static final String METADATA = "metadata[tradosphere_subscription]";

    @Inject
    VerifySteps reconciliations;

    @BeforeEach
    void a_stripe_without_faults() {
        begin(Duration.ofDays(10));
    }

    @AfterEach
    void nothing_is_held() {
        stripe().delete("/_fake/faults").then().statusCode(200);
        letGo();
    }

    @Test
    void an_event_that_comes_while_what_cannot_be_applied_is_fetched_has_a_fetch_of_its_own() {
        // Given an object that cannot be applied, whose fetch is under way
        UUID id = subscribed(subscriber(), creator());
        awaitQuiet();
        String subscription = text("SELECT stripe_subscription_id FROM subscriptions WHERE id = ?", id);
        hold("/v1/subscriptions/" + subscription);
        change(subscription, "not-an-id");
        awaitHeld();
        long known = requested(subscription);

        // When it is mended meanwhile
        change(subscription, id.toString());
        await().atMost(SOON).until(() -> requested(subscription) > known);
        letGo();

        // Then
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM stripe_objects WHERE id = ? AND requested = fetched",
                                        subscription)
                        == 1);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM stripe_events WHERE object_id = ? AND status <> 'applied'",
                                subscription))
                .isZero();
    }

    @Test
    void a_plan_that_changes_while_it_is_compared_is_no_drift() {
        // Given
        Sql.asSuperuser().execute("DELETE FROM plans");
        TestUser creator = KnownProfiles.of(Tier.GROW);
        setPlan(creator, "9.99", "USD").then().statusCode(200);
        hold("/v1/prices/" + text("SELECT stripe_price_id FROM plans WHERE creator_id = ?", creator.id()));
        CompletableFuture<Outcome> verify = CompletableFuture.supplyAsync(() -> reconciliations.verify("plans.stripe"));
        awaitHeld();

        // When
        setPlan(creator, "12.00", "EUR").then().statusCode(200);
        letGo();

        // Then
        assertThat(verify.join().shown()).isEmpty();
        assertThat(reconciliations.verify("plans.stripe").drift()).isZero();
    }

    private static void change(String subscription, String metadata) {
        stripe().formParam(METADATA, metadata)
                .post("/v1/subscriptions/{id}", subscription)
                .then()
                .statusCode(200);
    }

    /** Stripe has answered the next request for this, but the answer waits until it is let go. */
    private static void hold(String path) {
        control(Map.of("method", "GET", "path", path, "hold", true, "when", "after"))
                .post("/_fake/faults")
                .then()
                .statusCode(200);
    }

    private static void awaitHeld() {
        await().atMost(SOON).until(() -> stripe().get("/_fake").<Integer>path("planned_faults") == 0);
    }

    private static void letGo() {
        control(Map.of()).post("/_fake/faults/release").then().statusCode(200);
    }

    private static long requested(String object) {
        return Sql.asSuperuser().number("SELECT requested FROM stripe_objects WHERE id = ?", object);
    }

    private static String text(String sql, UUID id) {
        return String.valueOf(Sql.asSuperuser().column(sql, id).get(0));
    }
}
