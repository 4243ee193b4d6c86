package io.tradosphere.acceptance;

import static io.tradosphere.acceptance.LoneBilling.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link BillingKillTest}, for what billing-service does by tasks: erasures and payouts. */
@Order(11)
class BillingTaskKillTest {

    private static final Client ADMIN = Client.admin();
    private static LoneBilling billing;
    private static KillSteps steps;

    static IntStream rounds() {
        return KillSteps.rounds();
    }

    @BeforeAll
    static void start() {
        billing = new LoneBilling();
        billing.start();
        steps = new KillSteps(billing);
    }

    @AfterAll
    static void stop() {
        billing.close();
    }

    @BeforeEach
    void nothing_is_left_to_do() {
        billing.awaitDone();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void an_erasure_ends_at_stripe_too_when_stripe_did_each_task_and_was_not_heard(int round) {
        Erasing erasing = new Erasing();
        List<Halt> halts = List.of(
                StripeHalt.after(billing, "DELETE", "/v1/subscriptions/" + erasing.subscription),
                StripeHalt.after(billing, "POST", "/v1/checkout/sessions/" + erasing.openSession + "/expire"),
                StripeHalt.after(billing, "DELETE", "/v1/customers/" + erasing.customer),
                StripeHalt.after(billing, "POST", "/v1/products/" + erasing.product),
                StripeHalt.after(billing, "DELETE", "/v1/accounts/" + erasing.account));
        halts.forEach(Halt::arm);
        billing.erase(erasing.person);

        await("all tasks").atMost(SOON).until(() -> billing.stripe().plannedFaults() == 0);
        Halt.kill(billing, List.of(halts.get(0)));
        billing.start();

        erasing.awaitDone();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void an_erasure_ends_at_stripe_too_wherever_its_transactions_were(int round) {
        List<Erasing> erasing = Stream.generate(Erasing::new).limit(4).toList();
        List<Halt> points = List.of(
                StripeHalt.before(billing, "DELETE", "/v1/customers/" + erasing.get(0).customer),
                CommitHalt.rolledBack(billing, "DELETE", "stripe_tasks", "OLD." + deletionOf(erasing.get(1).customer)),
                CommitHalt.rolledBack(billing, "INSERT", "stripe_tasks", "NEW." + deletionOf(erasing.get(2).customer)),
                CommitHalt.committed(billing, "INSERT", "stripe_tasks", "NEW." + deletionOf(erasing.get(3).customer)));
        // One transaction of the consumer waits at a time.
        for (int i = 0; i < 3; i++) {
            points.get(i).arm();
        }
        for (int i = 0; i < 3; i++) {
            billing.erase(erasing.get(i).person);
            KillSteps.awaitReached(points.get(i));
        }
        Halt.kill(billing, points.subList(0, 3));
        points.get(3).arm();
        billing.start();
        billing.erase(erasing.get(3).person);
        KillSteps.awaitReached(points.get(3));
        Halt.kill(billing, points.subList(3, 4));
        billing.start();

        erasing.forEach(Erasing::awaitDone);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void a_payout_is_paid_once(int round) {
        billing.stripe().control("balance", Map.of("currency", "usd", "available", 1_000_000, "pending", 0));
        Client winner = billing.person(Tier.GROW);
        billing.onboard(winner);
        List<String> payouts = IntStream.range(0, 6)
                .mapToObj(number -> billing.text("""
                        INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, status)
                        SELECT 'prize', gen_random_uuid(), gen_random_uuid(), id, incarnation, 20, 'unfunded'
                        FROM profiles WHERE id = ? RETURNING id
                        """, winner.id()))
                .toList();
        List<Halt> points = List.of(
                CommitHalt.rolledBack(billing, "INSERT", "stripe_tasks", task(payouts.get(0))),
                CommitHalt.committed(billing, "INSERT", "stripe_tasks", task(payouts.get(1))),
                StripeHalt.before(billing, "POST", "/v1/transfers"),
                StripeHalt.after(billing, "POST", "/v1/transfers"),
                CommitHalt.rolledBack(billing, "UPDATE", "payouts", paid(payouts.get(4))),
                CommitHalt.committed(billing, "UPDATE", "payouts", paid(payouts.get(5))));
        // The triggers first: to make one, no transaction may be open on its table.
        List.of(0, 4, 5).forEach(i -> points.get(i).arm());
        payOut(payouts.subList(4, 6));
        points.subList(4, 6).forEach(KillSteps::awaitReached);
        points.subList(2, 4).forEach(Halt::arm);
        payOut(payouts.subList(2, 4));
        points.subList(2, 4).forEach(KillSteps::awaitReached);
        payOut(payouts.subList(0, 1));
        KillSteps.awaitReached(points.get(0));
        Halt.kill(billing, List.of(points.get(0), points.get(2), points.get(3), points.get(4), points.get(5)));
        billing.start();
        // Of that run nothing was stored, and nobody was answered.
        assertThat(run().status()).isEqualTo(202);
        points.get(1).arm();
        payOut(payouts.subList(1, 2));
        KillSteps.awaitReached(points.get(1));
        Halt.kill(billing, List.of(points.get(1)));
        billing.start();
        await().atMost(SOON)
                .until(() -> billing.number(
                                "SELECT count(*) FROM payouts WHERE profile_id = ? AND status <> 'paid'", winner.id())
                        == 0);
        assertThat(run().status()).isEqualTo(202);

        billing.awaitDone();
        for (String payout : payouts) {
            assertThat(billing.stripe().list("/v1/transfers?transfer_group=" + payout))
                    .as(payout)
                    .hasSize(1);
        }
        assertThat(billing.events(Topic.PAYOUTS, "payout-paid").get(winner.id().toString()))
                .hasSameSizeAs(payouts);
    }

    /** Releases these payouts, and begins a run that may never be answered. */
    private static void payOut(List<String> payouts) {
        payouts.forEach(payout -> billing.requireCall(ADMIN, 200, "POST", "/v1/payouts/" + payout + "/release", null));
        billing.begin(() -> run());
    }

    private static String deletionOf(String customer) {
        return "stripe_id = '" + customer + "'";
    }

    private static Client.Response run() {
        return billing.call(ADMIN, "POST", "/v1/payouts/run", null);
    }

    private static String task(String payout) {
        return "NEW.stripe_id = '" + payout + "'";
    }

    private static String paid(String payout) {
        return "NEW.id = '" + payout + "' AND NEW.status = 'paid'";
    }

    /** Somebody who sells and pays, and leaves an open checkout. */
    private static final class Erasing {

        private final Client person = billing.creator();
        private final String subscription = steps.paid(person);
        private final String customer = steps.customer(person);
        private final String id;
        private final String openSession;
        private final String product;
        private final String account;

        Erasing() {
            steps.awaitOneSubscription(person);
            id = steps.subscriptionId(person);
            Client other = billing.creator();
            billing.requireCall(person, 201, "POST", "/v1/subscriptions", """
                    {"creatorId":"%s","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                    """.formatted(other.id()));
            openSession = billing.text(
                    "SELECT stripe_session_id FROM checkouts WHERE subscriber_id = ? AND creator_id = ?",
                    person.id(),
                    other.id());
            product = billing.text("SELECT stripe_product_id FROM plans WHERE creator_id = ?", person.id());
            account = billing.text("SELECT stripe_account_id FROM payout_accounts WHERE profile_id = ?", person.id());
            billing.awaitDone();
        }

        /** Waits until nothing of the person is here, nor at Stripe. */
        void awaitDone() {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(billing.tablesThatMention(person)).isEmpty());
            billing.awaitDone();
            assertThat(billing.stripe()
                            .get("/v1/subscriptions/" + subscription)
                            .path("status")
                            .asText())
                    .isEqualTo("canceled");
            assertThat(billing.stripe()
                            .get("/v1/checkout/sessions/" + openSession)
                            .path("status")
                            .asText())
                    .isEqualTo("expired");
            assertThat(billing.stripe()
                            .get("/v1/customers/" + customer)
                            .path("deleted")
                            .asBoolean())
                    .isTrue();
            assertThat(billing.stripe()
                            .get("/v1/products/" + product)
                            .path("active")
                            .asBoolean(true))
                    .isFalse();
            assertThat(billing.stripe()
                            .get("/v1/accounts/" + account)
                            .at("/error/code")
                            .asText())
                    .isEqualTo("account_invalid");
            assertThat(billing.events(Topic.SUBSCRIPTIONS, "subscription-cancelled")
                            .get(id))
                    .hasSize(1);
        }
    }
}
