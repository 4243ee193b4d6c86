package io.tradosphere.acceptance;

import static io.tradosphere.acceptance.LoneBilling.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Common steps of the tests that kill billing-service: purchases of one creator's plan, and the kills. */
final class KillSteps {

    private final LoneBilling billing;
    private final Client creator;

    KillSteps(LoneBilling billing) {
        this.billing = billing;
        this.creator = billing.creator();
    }

    /** The rounds of each test. */
    static IntStream rounds() {
        return IntStream.rangeClosed(1, Boolean.getBoolean("tradosphere.full") ? 5 : 1);
    }

    /** Sends a request to each of these points. Returns when one waits at each. */
    void reachAll(List<Halt> points, IntFunction<Runnable> requests) {
        // The triggers first: to make one, no transaction may be open on its table.
        points.stream().filter(CommitHalt.class::isInstance).forEach(Halt::arm);
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i) instanceof StripeHalt call) {
                call.arm();
            }
            billing.begin(requests.apply(i));
            awaitReached(points.get(i));
        }
    }

    static void awaitReached(Halt halt) {
        await(halt.toString()).atMost(SOON).pollInterval(Duration.ofMillis(20)).until(halt::isReached);
    }

    /** A purchase that is not begun yet. */
    Purchase purchase(Client person) {
        return new Purchase(billing, person, creator, UUID.randomUUID().toString());
    }

    /** Waits until somebody's one subscription is here as at Stripe. */
    void awaitOneSubscription(Client person) {
        await("the subscription of " + person.id())
                .atMost(SOON)
                .untilAsserted(() -> assertThat(stored(person)).hasSize(1).isEqualTo(atStripe(person)));
    }

    /** Each has one event of the beginning, and nothing is left to do. */
    void begunOnce(List<Client> people) {
        billing.awaitDone();
        Map<String, Set<String>> begun = billing.events(Topic.SUBSCRIPTIONS, "subscription-activated");
        assertThat(people)
                .allSatisfy(
                        person -> assertThat(begun.get(subscriptionId(person))).hasSize(1));
    }

    List<String> stored(Client person) {
        return billing.column("""
                SELECT concat_ws(' ', stripe_subscription_id, stripe_status, extract(epoch FROM current_period_end)::bigint,
                  CASE WHEN cancel_at_period_end THEN 'cancelled at the end' ELSE 'goes on' END)
                FROM subscriptions WHERE subscriber_id = ?
                """, person.id());
    }

    List<String> atStripe(Client person) {
        return billing.stripe().list("/v1/subscriptions?status=all&customer=" + customer(person)).stream()
                .map(subscription -> subscription.path("id").asText()
                        + " " + subscription.path("status").asText()
                        + " "
                        + subscription.at("/items/data/0/current_period_end").asText()
                        + (subscription.path("cancel_at_period_end").asBoolean()
                                ? " cancelled at the end"
                                : " goes on"))
                .toList();
    }

    String customer(Client person) {
        return billing.text("SELECT stripe_customer_id FROM stripe_customers WHERE profile_id = ?", person.id());
    }

    String subscriptionId(Client person) {
        return billing.text("SELECT id FROM subscriptions WHERE subscriber_id = ?", person.id());
    }

    /** Somebody pays for a subscription; returns Stripe's id of it. */
    String paid(Client person) {
        StripePages.pay(purchase(person).begin().json().path("checkoutUrl").asText());
        return billing.stripe()
                .list("/v1/subscriptions?customer=" + customer(person))
                .get(0)
                .path("id")
                .asText();
    }

    /** A checkout that may be begun again, with the same key. */
    record Purchase(LoneBilling billing, Client person, Client creator, String key) {

        Client.Response begin() {
            return billing.call(
                    person, "POST", "/v1/subscriptions", """
                    {"creatorId":"%s","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                    """.formatted(creator.id()), "Idempotency-Key", key);
        }
    }
}
