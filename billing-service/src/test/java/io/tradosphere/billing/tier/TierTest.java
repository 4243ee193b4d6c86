package io.tradosphere.billing.tier;

import static io.tradosphere.billing.StripeSteps.BAD_CARD;
import static io.tradosphere.billing.StripeSteps.GOOD_CARD;
import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.awaitQuiet;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.changeCard;
import static io.tradosphere.billing.StripeSteps.customer;
import static io.tradosphere.billing.StripeSteps.pay;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.StripeSteps.subscriber;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class TierTest {

    /** A tier whose grace was over long ago would not be held. */
    private static final Duration TEN_DAYS = Duration.ofDays(10);

    private final StripeFake fake = StripeResource.fake();

    @Inject
    @Any
    Instance<ScheduledJob> jobs;

    @Test
    void the_tiers_have_the_configured_prices() {
        TestUser.nobody()
                .get("/v1/tiers")
                .then()
                .statusCode(200)
                .body("items.tier", contains("grow", "elite", "gladiator"))
                .body("items[0].priceMonthly", equalTo("9.99"))
                .body("items[0].currency", equalTo("USD"));
    }

    @Test
    void a_tier_is_bought_goes_up_at_once_and_down_at_the_periods_end() {
        begin(TEN_DAYS);
        TestUser alice = subscriber();
        own(alice).then().body("tier", equalTo("free")).body("purchase", nullValue());
        change(alice, "elite").then().statusCode(409).body("type", endsWith("/no-paid-tier"));

        LocalDate bought = LocalDate.ofInstant(fake.now(), ZoneOffset.UTC);
        pay(checkout(alice, "grow"));
        awaitTier(alice, "grow");
        assertThat(told(alice)).containsExactly("purchased grow");
        checkout(alice, "elite").then().statusCode(409).body("type", endsWith("/already-has-tier"));

        // Up at once, and the rest of the period is paid in proportion: once, however often it is said.
        fake.advance(Duration.ofDays(15));
        change(alice, "gladiator").then().statusCode(200).body("purchase.tier", equalTo("gladiator"));
        change(alice, "gladiator").then().statusCode(200).body("purchase.tier", equalTo("gladiator"));
        // 90.00 USD a month more, for what is left of a month of 28 to 31 days.
        long days = ChronoUnit.DAYS.between(bought, bought.plusMonths(1));
        assertThat(paid(alice))
                .hasSize(2)
                .satisfies(
                        cents -> assertThat((double) cents.get(0)).isCloseTo(9000.0 * (days - 15) / days, offset(2.0)));
        assertThat(told(alice)).containsExactly("purchased grow", "purchased gladiator");

        // Down at the period's end: nothing is paid or given back, and the higher tier is held until then.
        change(alice, "elite")
                .then()
                .statusCode(200)
                .body("purchase.tier", equalTo("gladiator"))
                .body("purchase.nextTier", equalTo("elite"));
        assertThat(paid(alice)).hasSize(2);
        passMonth();
        awaitTier(alice, "elite");
        own(alice).then().body("purchase.nextTier", nullValue()).body("purchase.priceMonthly", equalTo("29.99"));
        assertThat(paid(alice).get(0)).isEqualTo(2999);

        // Ended at the period's end, and bought again on the same row.
        end(alice).then().statusCode(200).body("purchase.cancelAtPeriodEnd", equalTo(true));
        passMonth();
        awaitStatus(alice, "cancelled");
        PublishedEvents.awaitEmptyOutbox();
        assertThat(told(alice)).endsWith("ended elite");
        pay(checkout(alice, "grow"));
        awaitStatus(alice, "active");
        assertThat(told(alice)).endsWith("purchased grow");
    }

    @Test
    void a_lower_tier_to_come_and_an_end_to_come_can_be_taken_back() {
        begin(TEN_DAYS);
        TestUser alice = subscriber();
        pay(checkout(alice, "elite"));
        awaitTier(alice, "elite");

        change(alice, "grow").then().body("purchase.nextTier", equalTo("grow"));
        change(alice, "elite").then().body("purchase.nextTier", nullValue()).body("purchase.tier", equalTo("elite"));
        end(alice).then().body("purchase.cancelAtPeriodEnd", equalTo(true));
        change(alice, "elite").then().body("purchase.cancelAtPeriodEnd", equalTo(false));

        assertThat(paid(alice)).containsExactly(2999);
        // From a lower one to come, the way up is paid from what was paid for.
        change(alice, "grow").then().statusCode(200);
        change(alice, "gladiator").then().body("purchase.tier", equalTo("gladiator"));
        assertThat(paid(alice))
                .hasSize(2)
                .satisfies(cents -> assertThat(cents.get(0)).isBetween(6900, 7000));
    }

    @Test
    void of_two_checkouts_paid_at_once_the_second_is_cancelled_and_refunded() {
        begin(TEN_DAYS);
        TestUser alice = subscriber();
        Response oneTab = checkout(alice, "grow");
        Response otherTab = checkout(alice, "elite");

        pay(oneTab);
        awaitTier(alice, "grow");
        pay(otherTab);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(stripe().get("/v1/charges?customer=" + customer(alice))
                                .jsonPath()
                                .getList("data.amount_refunded", Integer.class))
                        .containsExactly(2999, 0));
        own(alice).then().body("purchase.tier", equalTo("grow")).body("purchase.status", equalTo("active"));
    }

    @Test
    void a_card_that_fails_buys_no_higher_tier() {
        begin(TEN_DAYS);
        TestUser alice = subscriber();
        pay(checkout(alice, "grow"));
        awaitTier(alice, "grow");
        changeCard(alice, BAD_CARD);

        change(alice, "elite").then().statusCode(409).body("type", endsWith("/stripe-refused"));

        own(alice).then().body("purchase.tier", equalTo("grow"));
        changeCard(alice, GOOD_CARD);
        change(alice, "elite").then().statusCode(200).body("purchase.tier", equalTo("elite"));
    }

    @Test
    void a_higher_tier_that_stripe_refuses_leaves_a_lower_one_or_an_end_to_come() {
        begin(TEN_DAYS);
        TestUser alice = subscriber();
        pay(checkout(alice, "elite"));
        awaitTier(alice, "elite");
        changeCard(alice, BAD_CARD);

        change(alice, "grow").then().body("purchase.nextTier", equalTo("grow"));
        change(alice, "gladiator").then().statusCode(409).body("type", endsWith("/stripe-refused"));
        own(alice).then().body("purchase.tier", equalTo("elite")).body("purchase.nextTier", equalTo("grow"));

        end(alice).then().body("purchase.cancelAtPeriodEnd", equalTo(true));
        change(alice, "gladiator").then().statusCode(409);
        own(alice)
                .then()
                .body("purchase.tier", equalTo("elite"))
                .body("purchase.nextTier", nullValue())
                .body("purchase.cancelAtPeriodEnd", equalTo(true));
        changeCard(alice, GOOD_CARD);
        passMonth();
        awaitStatus(alice, "cancelled");
        assertThat(paid(alice)).containsExactly(2999);
    }

    @Test
    void a_renewal_that_fails_keeps_the_tier_through_the_grace_and_no_longer() {
        begin(Duration.ofDays(40));
        TestUser alice = subscriber();
        pay(checkout(alice, "elite"));
        awaitTier(alice, "elite");
        changeCard(alice, BAD_CARD);

        passMonth();
        awaitStatus(alice, "past_due");
        PublishedEvents.awaitEmptyOutbox();
        assertThat(told(alice)).doesNotContain("ended elite");

        awaitQuiet();
        Sql.asSuperuser()
                .script(
                        "UPDATE tier_subscriptions SET held_until = now() WHERE profile_id = $alice",
                        Map.of("alice", alice));
        run("tier-lapses");
        PublishedEvents.awaitEmptyOutbox();
        assertThat(told(alice)).endsWith("ended elite");
    }

    private static Response checkout(TestUser buyer, String tier) {
        return buyer.asking()
                .body(Map.of(
                        "tier",
                        tier,
                        "successUrl",
                        "http://localhost:3000/paid",
                        "cancelUrl",
                        "http://localhost:3000/"))
                .post("/v1/tiers/checkout");
    }

    private static Response change(TestUser buyer, String tier) {
        return buyer.asking().body(Map.of("tier", tier)).put("/v1/tiers/me");
    }

    private static Response end(TestUser buyer) {
        return buyer.asking().delete("/v1/tiers/me");
    }

    private static Response own(TestUser buyer) {
        return buyer.asking().get("/v1/tiers/me");
    }

    private static void awaitTier(TestUser buyer, String tier) {
        await("tier " + tier).atMost(SOON).until(() -> tier.equals(own(buyer).path("purchase.tier")));
    }

    private static void awaitStatus(TestUser buyer, String status) {
        await("status " + status)
                .atMost(SOON)
                .until(() -> status.equals(own(buyer).path("purchase.status")));
    }

    /** What the events said, without renewals. */
    private static List<String> told(TestUser buyer) {
        PublishedEvents.awaitEmptyOutbox();
        List<String> all = ErasureSteps.told(Topic.TIERS, buyer.id(), TierEvent.class).stream()
                .map(event -> (event instanceof TierEnded ? "ended " : "purchased ")
                        + event.tier().name().toLowerCase(java.util.Locale.ROOT))
                .toList();
        return java.util.stream.IntStream.range(0, all.size())
                .filter(i -> i == 0 || !all.get(i).equals(all.get(i - 1)))
                .mapToObj(all::get)
                .toList();
    }

    /** What somebody paid, the latest first, in cents. */
    private static List<Integer> paid(TestUser buyer) {
        return stripe().get("/v1/charges?customer=" + customer(buyer))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.findAll { it.paid }.amount", Integer.class);
    }

    private void passMonth() {
        fake.advanceTo(
                fake.now().atOffset(ZoneOffset.UTC).plusMonths(1).plusHours(2).toInstant(), true);
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
