package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.StripeSteps.BAD_CARD;
import static io.tradosphere.billing.StripeSteps.GOOD_CARD;
import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitStatus;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.changeCard;
import static io.tradosphere.billing.StripeSteps.checkout;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.hasAccess;
import static io.tradosphere.billing.StripeSteps.pay;
import static io.tradosphere.billing.StripeSteps.show;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscribed;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class SubscriptionLifeTest {

    private static final Duration LESS_THAN_A_PERIOD_AND_THE_GRACE = Duration.ofDays(40);

    @Inject
    @Any
    Instance<ScheduledJob> jobs;

    private final StripeFake fake = StripeResource.fake();

    @Test
    void a_subscription_lives_from_checkout_to_its_end_and_begins_again_on_the_same_row() {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser creator = creator();
        TestUser alice = subscriber();

        // Nothing exists before it is paid.
        Response checkout = checkout(alice, creator);
        UUID id = UUID.fromString(checkout.path("id"));
        show(alice, id).then().statusCode(404);
        assertThat(hasAccess(alice, creator)).isFalse();

        pay(checkout);
        awaitStatus(alice, id, "active");
        assertThat(hasAccess(alice, creator)).isTrue();
        assertThat(count(id)).isEqualTo(1);

        // A month later the card fails: the count falls, access stays.
        changeCard(alice, BAD_CARD);
        passMonth();
        awaitStatus(alice, id, "past_due");
        assertThat(count(id)).isZero();
        assertThat(hasAccess(alice, creator)).isTrue();

        // Stripe tries again, and the card pays.
        changeCard(alice, GOOD_CARD);
        fake.advance(Duration.ofDays(4));
        awaitStatus(alice, id, "active");
        assertThat(count(id)).isEqualTo(1);

        // Cancelled at the period's end, taken back, cancelled again.
        cancel(alice, id).then().statusCode(200).body("cancelAtPeriodEnd", equalTo(true));
        alice.asking()
                .post("/v1/subscriptions/{id}/resume", id)
                .then()
                .statusCode(200)
                .body("cancelAtPeriodEnd", equalTo(false));
        Response ending = cancel(alice, id);
        assertThat(ending.<String>path("accessUntil")).isEqualTo(ending.path("currentPeriodEnd"));
        assertThat(count(id)).isEqualTo(1);
        passMonth();
        awaitStatus(alice, id, "cancelled");
        assertThat(count(id)).isZero();
        alice.asking().post("/v1/subscriptions/{id}/resume", id).then().statusCode(409);

        // Subscribed again.
        assertThat(subscribed(alice, creator)).isEqualTo(id);
        assertThat(count(id)).isEqualTo(1);
    }

    @Test
    void when_the_grace_is_over_nobody_has_access() {
        begin(Duration.ofDays(60));
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        changeCard(alice, BAD_CARD);

        passMonth();

        awaitStatus(alice, id, "past_due");
        assertThat(hasAccess(alice, creator)).isFalse();
    }

    @Test
    void when_stripe_stops_trying_the_subscription_ends() {
        begin(Duration.ofDays(100));
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        changeCard(alice, BAD_CARD);

        passMonth();
        fake.advance(Duration.ofDays(20));

        awaitStatus(alice, id, "cancelled");
        assertThat(hasAccess(alice, creator)).isFalse();
    }

    @Test
    void a_renewal_moves_the_period_and_the_access_on() {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator());
        String before = show(alice, id).path("accessUntil");

        passMonth();

        await().atMost(SOON)
                .until(() -> show(alice, id).<String>path("accessUntil").compareTo(before) > 0);
        assertThat(count(id)).isEqualTo(1);
        assertThat(show(alice, id).<String>path("status")).isEqualTo("active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "reversed", "shuffled"})
    void the_order_of_webhooks_does_not_matter(String order) {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser creator = creator();
        TestUser alice = subscriber();
        control(Map.of("hold", true)).post("/_fake/webhooks").then().statusCode(200);
        Response checkout = checkout(alice, creator);
        pay(checkout);
        UUID id = UUID.fromString(checkout.path("id"));
        passMonth();
        show(alice, id).then().statusCode(404);

        control(Map.of("order", order)).post("/_fake/webhooks/release").then().statusCode(200);

        awaitStatus(alice, id, "active");
        awaitQuiet();
        assertThat(show(alice, id).<String>path("currentPeriodEnd")).isEqualTo(periodEndAtStripe(id));
        assertThat(count(id)).isEqualTo(1);
    }

    @Test
    void webhooks_that_never_come_are_made_up_for_by_a_reconciliation() {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser creator = creator();
        TestUser alice = subscriber();
        control(Map.of("lost", 1.0)).post("/_fake/webhooks").then().statusCode(200);
        Response checkout = checkout(alice, creator);
        pay(checkout);
        UUID id = UUID.fromString(checkout.path("id"));

        run("stripe-reconciliation");

        awaitStatus(alice, id, "active");
        assertThat(count(id)).isEqualTo(1);
    }

    @Test
    void of_two_checkouts_paid_at_once_the_second_is_cancelled_and_refunded() {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser creator = creator();
        TestUser alice = subscriber();
        Response oneTab = checkout(alice, creator);
        Response otherTab = checkout(alice, creator);

        pay(oneTab);
        pay(otherTab);

        assertThat(otherTab.<String>path("id")).isEqualTo(oneTab.path("id"));
        UUID id = UUID.fromString(oneTab.path("id"));
        awaitStatus(alice, id, "active");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(subscriptionsAtStripe(alice)).containsExactlyInAnyOrder("active", "canceled"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stripe().get("/v1/charges?customer=" + customer(alice))
                                .then()
                                .statusCode(200)
                                .extract()
                                .<List<Boolean>>path("data.refunded"))
                        .containsExactlyInAnyOrder(true, false));
        awaitQuiet();
        assertThat(count(id)).isEqualTo(1);
        assertThat(show(alice, id).<String>path("status")).isEqualTo("active");
    }

    @Test
    void an_erased_subscriber_pays_no_more_and_is_no_customer() {
        begin(LESS_THAN_A_PERIOD_AND_THE_GRACE);
        TestUser creator = creator();
        TestUser alice = subscriber();
        UUID id = subscribed(alice, creator);
        String customer = customer(alice);
        String subscription = atStripe(id);

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        await().atMost(SOON)
                .until(() -> "canceled"
                        .equals(stripe().get("/v1/subscriptions/{id}", subscription)
                                .path("status")));
        await().atMost(SOON)
                .until(() -> Boolean.TRUE.equals(
                        stripe().get("/v1/customers/{id}", customer).path("deleted")));
        await().atMost(SOON).until(() -> Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks") == 0);
        await().atMost(SOON).until(() -> ErasureSteps.isEnded(Topic.SUBSCRIPTIONS, id));
        awaitStatus(creator, id, "cancelled");
        assertThat(show(creator, id).<String>path("subscriberId")).isNull();
    }

    private void passMonth() {
        fake.advanceTo(
                fake.now().atOffset(ZoneOffset.UTC).plusMonths(1).plusHours(2).toInstant(), true);
    }

    private static Response cancel(TestUser subscriber, UUID id) {
        return subscriber.asking().delete("/v1/subscriptions/{id}", id);
    }

    /** What the subscription's events add to the creator's number of subscribers. */
    private static int count(UUID id) {
        PublishedEvents.awaitEmptyOutbox();
        return ErasureSteps.told(Topic.SUBSCRIPTIONS, id, SubscriptionEvent.class).stream()
                .mapToInt(SubscriptionEvent::sign)
                .sum();
    }

    private static void awaitQuiet() {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT (SELECT count(*) FROM stripe_objects WHERE requested > fetched)"
                                        + " + (SELECT count(*) FROM stripe_tasks)")
                        == 0);
    }

    private static String atStripe(UUID id) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_subscription_id FROM subscriptions WHERE id = ?", id)
                .get(0));
    }

    private static String periodEndAtStripe(UUID id) {
        int end = stripe().get("/v1/subscriptions/{id}", atStripe(id))
                .then()
                .statusCode(200)
                .extract()
                .path("items.data[0].current_period_end");
        return Instant.ofEpochSecond(end).toString();
    }

    private static List<String> subscriptionsAtStripe(TestUser subscriber) {
        return stripe().get("/v1/subscriptions?status=all&customer=" + customer(subscriber))
                .then()
                .statusCode(200)
                .extract()
                .path("data.status");
    }

    private void run(String job) {
        jobs.stream()
                .filter(one -> one.name().equals(job))
                .findFirst()
                .orElseThrow()
                .run()
                .await()
                .atMost(SOON);
    }
}
