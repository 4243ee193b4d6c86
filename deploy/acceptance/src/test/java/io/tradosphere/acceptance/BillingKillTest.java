package io.tradosphere.acceptance;

import static io.tradosphere.acceptance.LoneBilling.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.contracts.Tier;
import java.time.Duration;
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

/**
 * billing-service is killed (SIGKILL) at each point that docs/billing.md names. Then it is started again, and must end in
 * Stripe's state without a hand. All that may wait at the same time waits at its point for one kill.
 */
@Order(11)
class BillingKillTest {

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
    void a_checkout_ends_with_one_subscription(int round) {
        List<Client> people = billing.people(Tier.FREE, 9);
        List<KillSteps.Purchase> checkouts =
                people.stream().map(steps::purchase).toList();
        List<Halt> points = List.of(
                CommitHalt.committed(billing, "INSERT", "idempotency_keys", caller(people.get(0))),
                CommitHalt.rolledBack(billing, "INSERT", "stripe_customers", profile(people.get(1))),
                CommitHalt.committed(billing, "INSERT", "checkouts", subscriber(people.get(2))),
                CommitHalt.rolledBack(billing, "UPDATE", "checkouts", subscriber(people.get(3))),
                CommitHalt.committed(
                        billing, "UPDATE", "idempotency_keys", caller(people.get(4)) + " AND NEW.status IS NOT NULL"),
                StripeHalt.before(billing, "POST", "/v1/customers"),
                StripeHalt.after(billing, "POST", "/v1/customers"),
                StripeHalt.before(billing, "POST", "/v1/checkout/sessions"),
                StripeHalt.after(billing, "POST", "/v1/checkout/sessions"));
        steps.reachAll(points, number -> checkouts.get(number)::begin);

        Halt.kill(billing, points);
        billing.start();

        // Whoever got no answer repeats the request.
        for (KillSteps.Purchase checkout : checkouts) {
            await(checkout.toString()).atMost(SOON).until(() -> checkout.begin().status() == 201);
            StripePages.pay(checkout.begin().json().path("checkoutUrl").asText());
        }
        for (KillSteps.Purchase checkout : checkouts) {
            steps.awaitOneSubscription(checkout.person());
            assertThat(billing.stripe().list("/v1/checkout/sessions?customer=" + steps.customer(checkout.person())))
                    .as(checkout.toString())
                    .hasSize(1);
        }
        assertThat(customersAtStripe(people)).hasSameSizeAs(people);
        steps.begunOnce(people);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void a_payment_gives_access_once(int round) {
        billing.stripe().control("webhooks", Map.of("hold", true));
        List<Client> people = billing.people(Tier.FREE, 5);
        List<String> subscriptions = people.stream().map(steps::paid).toList();
        List<String> events = subscriptions.stream().map(this::eventOf).toList();
        List<Halt> fetches = List.of(
                CommitHalt.rolledBack(billing, "UPDATE", "subscriptions", subscriber(people.get(0))),
                CommitHalt.committed(billing, "UPDATE", "subscriptions", subscriber(people.get(1))),
                StripeHalt.before(billing, "GET", "/v1/subscriptions/" + subscriptions.get(2)));
        List<Halt> stores = List.of(
                CommitHalt.rolledBack(
                        billing, "INSERT", "stripe_events", "NEW.object_id = '" + subscriptions.get(3) + "'"),
                CommitHalt.committed(
                        billing, "INSERT", "stripe_events", "NEW.object_id = '" + subscriptions.get(4) + "'"));
        List<Halt> points = Stream.concat(fetches.stream(), stores.stream()).toList();
        points.forEach(Halt::arm);

        events.subList(0, 3).forEach(billing::postEvent);
        fetches.forEach(KillSteps::awaitReached);
        events.subList(3, 5).forEach(event -> billing.begin(() -> billing.postEvent(event)));
        stores.forEach(KillSteps::awaitReached);
        Halt.kill(billing, points);
        billing.start();

        // One event was not stored.
        List.of(0, 1, 2, 4).forEach(i -> steps.awaitOneSubscription(people.get(i)));
        assertThat(steps.stored(people.get(3))).isEmpty();

        // Stripe sends everything again, what was answered and what was not.
        billing.stripe().control("webhooks/release", Map.of("order", "created"));
        billing.stripe().control("webhooks", Map.of());
        people.forEach(steps::awaitOneSubscription);
        steps.begunOnce(people);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void a_cancellation_is_stripes_state_and_its_repetition_changes_nothing(int round) {
        List<Client> people = billing.people(Tier.FREE, 5);
        List<String> subscriptions = people.stream().map(steps::paid).toList();
        people.forEach(steps::awaitOneSubscription);
        billing.stripe().awaitWebhooks();
        billing.awaitDone();
        billing.stripe().control("webhooks", Map.of("hold", true));
        List<Halt> points = List.of(
                CommitHalt.rolledBack(billing, "UPDATE", "subscriptions", subscriber(people.get(0))),
                CommitHalt.committed(billing, "UPDATE", "subscriptions", subscriber(people.get(1))),
                StripeHalt.before(billing, "POST", "/v1/subscriptions/" + subscriptions.get(2)),
                StripeHalt.after(billing, "POST", "/v1/subscriptions/" + subscriptions.get(3)),
                StripeHalt.before(billing, "GET", "/v1/subscriptions/" + subscriptions.get(4)));
        steps.reachAll(points, number -> () -> cancel(people.get(number)));

        Halt.kill(billing, points);
        billing.start();

        // What was stored is done. What Stripe alone knows comes by its webhook, or by the repeated request.
        for (int i : List.of(0, 1, 4)) {
            steps.awaitOneSubscription(people.get(i));
            assertThat(steps.stored(people.get(i))).first().asString().endsWith("cancelled at the end");
        }
        assertThat(steps.atStripe(people.get(2)).get(0)).endsWith("goes on");
        billing.stripe().control("webhooks/release", Map.of("order", "created"));
        billing.stripe().control("webhooks", Map.of());
        steps.awaitOneSubscription(people.get(3));
        for (Client person : people) {
            await().atMost(SOON).until(() -> cancel(person).status() == 200);
            steps.awaitOneSubscription(person);
            assertThat(steps.stored(person)).first().asString().endsWith("cancelled at the end");
        }
        steps.begunOnce(people);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void a_second_payment_of_a_pair_is_given_back_once_though_stripe_forgets_the_key_meanwhile(int round) {
        List<Client> people = billing.people(Tier.FREE, 2);
        List<String> pages = people.stream()
                .flatMap(person ->
                        Stream.generate(() -> steps.purchase(person).begin()).limit(2))
                .map(begun -> begun.json().path("checkoutUrl").asText())
                .toList();
        // Each at another point.
        List<Halt> points = List.of(
                StripeHalt.after(billing, "DELETE", "/v1/subscriptions/*"),
                StripeHalt.after(billing, "POST", "/v1/refunds"));
        points.forEach(Halt::arm);
        pages.forEach(StripePages::pay);
        points.forEach(KillSteps::awaitReached);

        billing.kill();
        billing.stripe().pass(Duration.ofHours(25));
        Halt.kill(billing, points);
        billing.start();

        billing.awaitDone();
        for (Client person : people) {
            String customer = steps.customer(person);
            assertThat(billing.stripe().list("/v1/subscriptions?status=all&customer=" + customer))
                    .extracting(one -> one.path("status").asText())
                    .containsExactlyInAnyOrder("active", "canceled");
            assertThat(steps.stored(person)).hasSize(1).first().asString().contains(" active ");
            assertThat(billing.stripe().list("/v1/charges?customer=" + customer))
                    .extracting(charge -> charge.path("amount_refunded").asInt())
                    .containsExactlyInAnyOrder(0, 999);
            assertThat(refundsOf(person)).hasSize(1);
        }
        steps.begunOnce(people);
    }

    private static List<JsonNode> customersAtStripe(List<Client> people) {
        List<String> ids = people.stream().map(person -> person.id().toString()).toList();
        return billing.stripe().list("/v1/customers").stream()
                .filter(customer ->
                        ids.contains(customer.at("/metadata/profile").asText()))
                .toList();
    }

    private static List<JsonNode> refundsOf(Client person) {
        List<String> intents = billing.stripe().list("/v1/payment_intents?customer=" + steps.customer(person)).stream()
                .map(intent -> intent.path("id").asText())
                .toList();
        return billing.stripe().list("/v1/refunds").stream()
                .filter(refund -> intents.contains(refund.path("payment_intent").asText()))
                .toList();
    }

    /** The event that says that a subscription was made. */
    private String eventOf(String subscription) {
        return billing.stripe().list("/v1/events?type=customer.subscription.created").stream()
                .filter(event -> event.at("/data/object/id").asText().equals(subscription))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static Client.Response cancel(Client person) {
        return billing.call(person, "DELETE", "/v1/subscriptions/" + steps.subscriptionId(person), null);
    }

    private static String caller(Client person) {
        return "NEW.caller_id = '" + person.id() + "'";
    }

    private static String profile(Client person) {
        return "NEW.profile_id = '" + person.id() + "'";
    }

    private static String subscriber(Client person) {
        return "NEW.subscriber_id = '" + person.id() + "'";
    }
}
