package io.tradosphere.billing.payout;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.account;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.control;
import static io.tradosphere.billing.StripeSteps.onboard;
import static io.tradosphere.billing.StripeSteps.stripe;
import static io.tradosphere.billing.pool.PoolSteps.accrue;
import static io.tradosphere.billing.pool.PoolSteps.distribute;
import static io.tradosphere.billing.pool.PoolSteps.nextMonth;
import static io.tradosphere.billing.pool.PoolSteps.wasLegend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.LegendsPoolDistributed;
import io.tradosphere.contracts.billing.PayoutPaid;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionResult;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class PayoutTest {

    @Test
    void a_pool_is_accrued_with_a_key_distributed_once_and_paid_once() {
        begin(Duration.ofDays(1));
        balance(100_000);
        YearMonth month = nextMonth();
        TestUser whole = KnownProfiles.of(Tier.GROW);
        TestUser half = KnownProfiles.of(Tier.GROW);
        wasLegend(whole, month, 0, 31);
        wasLegend(half, month, 0, 10);
        wasLegend(half, month, 20, 25);

        accrue(month, "60.01", null).then().statusCode(400);
        accrue(month, "60.01", "one").then().statusCode(201).body("totalPool", equalTo("60.01"));
        accrue(month, "60.01", "one").then().statusCode(201);
        accrue(month, "40.00", "two").then().statusCode(201).body("totalPool", equalTo("100.01"));

        Response distributed = distribute(month);
        distributed.then().statusCode(200);
        Map<String, BigDecimal> shares = shares(distributed);
        // 30 or 31 days to 15.
        assertThat(shares.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("100.01");
        assertThat(shares.get(whole.id().toString())).isGreaterThan(new BigDecimal("66"));
        assertThat(shares(distribute(month))).isEqualTo(shares);
        accrue(month, "1", "three").then().statusCode(409).body("type", endsWith("/pool-distributed"));
        PublishedEvents.awaitEmptyOutbox();
        assertThat(ErasureSteps.told(Topic.LEGENDS_POOL, month, LegendsPoolDistributed.class))
                .hasSize(1);

        // Whoever has no account waits.
        onboard(whole);
        run();
        await().atMost(SOON).until(() -> "paid".equals(own(whole).path("items[0].status")));
        own(half).then().body("items[0].status", equalTo("waiting")).body("items[0].sourceId", nullValue());
        run();
        run();
        assertThat(transfers(whole))
                .containsExactly(
                        shares.get(whole.id().toString()).movePointRight(2).intValueExact());
        PublishedEvents.awaitEmptyOutbox();
        assertThat(ErasureSteps.told(Topic.PAYOUTS, whole.id(), PayoutPaid.class))
                .hasSize(1);

        onboard(half);
        run();
        await().atMost(SOON).until(() -> "paid".equals(own(half).path("items[0].status")));
    }

    @Test
    void a_prize_is_unfunded_until_its_release_and_found_also_for_a_hidden_winner() {
        begin(Duration.ofDays(1));
        balance(100_000);
        TestUser shown = KnownProfiles.of(Tier.GROW);
        TestUser hidden = KnownProfiles.of(Tier.GROW);
        UUID competition = UUID.randomUUID();
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        TopicReader.publish(completed(competition, 1, result(first, shown, false, "30.00")), 1);
        TopicReader.publish(completed(competition, 2, result(second, hidden, true, "20.00")), 2);
        TopicReader.publish(joined(competition, first, shown), 3);
        TopicReader.publish(joined(competition, second, hidden), 4);
        onboard(hidden);

        await().atMost(SOON).until(() -> "unfunded".equals(own(hidden).path("items[0].status")));
        await().atMost(SOON).until(() -> "unfunded".equals(own(shown).path("items[0].status")));
        run();
        assertThat(transfers(hidden)).isEmpty();

        String id = own(hidden).path("items[0].id");
        hidden.asking().post("/v1/payouts/{id}/release", id).then().statusCode(403);
        release(id).then().statusCode(200).body("status", equalTo("owed"));
        release(id).then().statusCode(200);
        run();
        await().atMost(SOON).until(() -> "paid".equals(own(hidden).path("items[0].status")));
        release(id).then().statusCode(200).body("status", equalTo("paid"));
        assertThat(transfers(hidden)).containsExactly(2000);
        own(shown).then().body("items[0].sourceId", equalTo(competition.toString()));
        shown.asking().get("/v1/payouts?status=paid").then().body("items", empty());
    }

    @Test
    void a_run_pays_no_more_than_the_balance_and_the_rest_waits_for_the_next() {
        begin(Duration.ofDays(1));
        balance(2_500);
        TestUser winner = KnownProfiles.of(Tier.GROW);
        onboard(winner);
        owe(winner, "20.00");
        owe(winner, "10.00");

        run();

        await().atMost(SOON)
                .until(() -> own(winner).<List<String>>path("items.reason").contains("balance_insufficient"));
        assertThat(transfers(winner)).hasSize(1).isSubsetOf(2000, 1000);
        balance(3_000 - transfers(winner).get(0));
        run();
        await().atMost(SOON)
                .until(() -> own(winner).<List<String>>path("items.status").equals(List.of("paid", "paid")));
        assertThat(transfers(winner)).containsExactlyInAnyOrder(2000, 1000);
    }

    @Test
    void an_answer_that_got_lost_is_found_again_and_nothing_is_paid_twice() {
        begin(Duration.ofDays(1));
        balance(100_000);
        TestUser winner = KnownProfiles.of(Tier.GROW);
        onboard(winner);
        owe(winner, "20.00");
        control(Map.of("method", "POST", "path", "/v1/transfers", "times", 3, "when", "after", "drop", true))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        run();

        await().atMost(SOON).until(() -> "paid".equals(own(winner).path("items[0].status")));
        assertThat(transfers(winner)).containsExactly(2000);
    }

    @Test
    void what_stripe_refuses_is_shown_with_its_reason_and_tried_by_the_next_run() {
        begin(Duration.ofDays(1));
        balance(100_000);
        TestUser winner = KnownProfiles.of(Tier.GROW);
        onboard(winner);
        owe(winner, "20.00");
        control(Map.of("method", "POST", "path", "/v1/transfers", "times", 1, "when", "before", "status", 400))
                .post("/_fake/faults")
                .then()
                .statusCode(200);

        run();
        await().atMost(SOON).until(() -> "failed".equals(own(winner).path("items[0].status")));
        assertThat(own(winner).<String>path("items[0].reason")).isNotBlank();

        run();
        await().atMost(SOON).until(() -> "paid".equals(own(winner).path("items[0].status")));
        assertThat(transfers(winner)).containsExactly(2000);
    }

    @Test
    void a_transfer_that_was_parked_is_tried_by_the_next_run() {
        begin(Duration.ofDays(1));
        balance(100_000);
        TestUser winner = KnownProfiles.of(Tier.GROW);
        onboard(winner);
        owe(winner, "20.00");
        control(Map.of("path", "/v1/balance", "times", 1, "when", "before", "status", 400))
                .post("/_fake/faults")
                .then()
                .statusCode(200);
        admin().asking().post("/v1/payouts/run").then().statusCode(202);
        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks WHERE parked_at IS NOT NULL") == 1);

        run();

        await().atMost(SOON).until(() -> "paid".equals(own(winner).path("items[0].status")));
        assertThat(transfers(winner)).containsExactly(2000);
    }

    private static void owe(TestUser person, String amount) {
        Sql.asSuperuser()
                .script(
                        "INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, status)"
                                + " VALUES ('prize', gen_random_uuid(), gen_random_uuid(), $person, $incarnation, $amount, 'owed')",
                        Map.of("person", person, "incarnation", KnownProfiles.incarnation(person), "amount", amount));
    }

    private static Map<String, BigDecimal> shares(Response pool) {
        List<Map<String, String>> shares = pool.path("shares");
        return shares.stream()
                .collect(java.util.stream.Collectors.toMap(
                        share -> share.get("profileId"), share -> new BigDecimal(share.get("amount"))));
    }

    private static Response release(String id) {
        return admin().asking().post("/v1/payouts/{id}/release", id);
    }

    private static void run() {
        admin().asking().post("/v1/payouts/run").then().statusCode(202);
        await().atMost(SOON).until(() -> Sql.asSuperuser().number("SELECT count(*) FROM stripe_tasks") == 0);
    }

    private static Response own(TestUser person) {
        return person.asking().get("/v1/payouts");
    }

    private static final TestUser ADMIN = TestUser.withRole("platform-admin");

    private static TestUser admin() {
        return ADMIN;
    }

    private static void balance(long cents) {
        control(Map.of("currency", "usd", "available", cents, "pending", 0))
                .post("/_fake/balance")
                .then()
                .statusCode(200);
    }

    /** What was transferred to somebody's account, in cents. */
    private static List<Integer> transfers(TestUser person) {
        return stripe().get("/v1/transfers?destination=" + account(person)).path("data.amount");
    }

    private static ParticipantJoined joined(UUID competition, UUID participant, TestUser person) {
        return new ParticipantJoined(
                competition, participant, person.id(), KnownProfiles.incarnation(person), null, Instant.now());
    }

    private static CompetitionResult result(UUID participant, TestUser person, boolean hidden, String prize) {
        return new CompetitionResult(
                participant,
                hidden ? null : person.id(),
                hidden ? null : KnownProfiles.incarnation(person),
                hidden,
                null,
                1,
                new BigDecimal(prize),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static CompetitionCompleted completed(UUID competition, int part, CompetitionResult result) {
        return new CompetitionCompleted(
                competition,
                "Cup",
                null,
                null,
                new BigDecimal("50.00"),
                BigDecimal.ZERO,
                "USD",
                2,
                List.of(result),
                Instant.now(),
                part,
                2);
    }
}
