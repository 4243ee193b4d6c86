package io.tradosphere.billing.subscription;

import static io.tradosphere.billing.StripeSteps.SOON;
import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.creator;
import static io.tradosphere.billing.StripeSteps.inParallel;
import static io.tradosphere.billing.StripeSteps.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.billing.EventFeed;
import io.tradosphere.billing.Http;
import io.tradosphere.billing.Http.Reply;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.StripeSteps;
import io.tradosphere.contracts.Tier;
import io.tradosphere.stripefake.StripeFake;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Subscriptions of one creator that have lived through the same months at Stripe, while the service heard nothing of it. A
 * round tells the service of them, each by its first webhooks in an order of its own. Before the next round the service
 * forgets them, so that they need not live again.
 */
final class OrderedLives {

    /** How many of its webhooks a life gets. */
    static final int WEBHOOKS = 8;

    private static final int MONTHS = 4;

    /** In each turn one fetch of so many lives is late. */
    private static final int DELAYED_OF = 20;

    /** In each round one of so many is cancelled at once, which is its last round. */
    private static final int ONE_IS_CANCELLED_OF = 8;

    private static final Set<String> TYPES = Set.of(
            "checkout.session.completed",
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "invoice.paid");

    private final StripeFake fake = StripeResource.fake();
    private final EventFeed feed = new EventFeed(TYPES);
    private final String endpoint;
    private final int begun;
    private List<Life> lives;

    /** A subscription, with the bodies of its first webhooks in the order of their events. */
    private record Life(UUID id, String stripeId, List<Event> events) {}

    private record Event(String id, String payload) {}

    /** What is known of a subscription: its status, the end of its period, and whether it is cancelled then. */
    private record State(String stripeId, String status, long periodEnd, boolean ends) {}

    /** Lets that many subscriptions live. */
    OrderedLives(int number) {
        begun = number;
        endpoint = begin(Duration.ofDays(220));
        Http.control("/_fake/webhooks", Map.of("hold", true)).require(200);
        List<UUID> ids = subscribe(creator(), number);
        Map<String, List<Event>> events = new HashMap<>();
        Map<String, String> stripeIds = new HashMap<>();
        // The fake's list of events goes back 30 days only.
        collect(events, stripeIds);
        for (int month = 0; month < MONTHS; month++) {
            fake.advanceTo(
                    fake.now()
                            .atOffset(ZoneOffset.UTC)
                            .plusMonths(1)
                            .plusHours(2)
                            .toInstant(),
                    false);
            collect(events, stripeIds);
        }
        lives = ids.stream()
                .map(id -> {
                    String stripeId = stripeIds.get(id.toString());
                    return new Life(id, stripeId, events.get(stripeId).subList(0, WEBHOOKS));
                })
                .toList();
    }

    /** How many orders the next round takes; 0 when most lives are over. */
    int next() {
        return lives.size() * 4 < begun ? 0 : lives.size();
    }

    /** Delivers the webhooks of a life in each of these orders. In the middle Stripe's state moves on. */
    void deliver(List<List<Integer>> orders) {
        List<Life> told = lives.subList(0, orders.size());
        forget();
        List<Life> cancelled = List.of();
        for (int turn = 0; turn < WEBHOOKS; turn++) {
            if (turn == WEBHOOKS / 2) {
                cancelled = moveOn(told);
            }
            delaySomeFetches(told, turn);
            int now = turn;
            inParallel(
                    IntStream.range(0, told.size()).boxed().toList(),
                    i -> send(told.get(i).events().get(orders.get(i).get(now))));
        }
        awaitFetched();
        assertThat(stored(told)).containsExactlyInAnyOrderElementsOf(atStripe(told));
        lives = new ArrayList<>(lives);
        lives.removeAll(cancelled);
    }

    /** In each turn the next fetch of every twentieth life arrives late, with the state from when it was asked. */
    private static void delaySomeFetches(List<Life> told, int turn) {
        for (int i = turn % DELAYED_OF; i < told.size(); i += DELAYED_OF) {
            Http.control(
                            "/_fake/faults",
                            Map.of(
                                    "method",
                                    "GET",
                                    "path",
                                    "/v1/subscriptions/" + told.get(i).stripeId(),
                                    "delay_ms",
                                    300,
                                    "when",
                                    "after"))
                    .require(200);
        }
    }

    private static List<UUID> subscribe(TestUser creator, int number) {
        List<TestUser> people = KnownProfiles.of(Tier.FREE, number);
        UUID[] ids = new UUID[number];
        inParallel(IntStream.range(0, number).boxed().toList(), i -> {
            Reply checkout = Http.api(people.get(i), "POST", "/v1/subscriptions", StripeSteps.checkoutOf(creator))
                    .require(201);
            pay(checkout.text("checkoutUrl"));
            ids[i] = UUID.fromString(checkout.text("id"));
        });
        return List.of(ids);
    }

    /** Adds the events that are new in Stripe's list. */
    private void collect(Map<String, List<Event>> events, Map<String, String> stripeIds) {
        for (JsonNode event : feed.fresh()) {
            JsonNode object = event.path("data").path("object");
            String subscription = subscription(object);
            String id = event.path("id").asText();
            events.computeIfAbsent(subscription, any -> new ArrayList<>())
                    .add(new Event(id, fake.signed(id, endpoint).payload()));
            if (object.path("object").asText().equals("subscription")) {
                stripeIds.put(
                        object.path("metadata")
                                .path(CreatorSubscriptions.METADATA)
                                .asText(),
                        subscription);
            }
        }
    }

    private static String subscription(JsonNode object) {
        return switch (object.path("object").asText()) {
            case "subscription" -> object.path("id").asText();
            case "checkout.session" -> object.path("subscription").asText();
            default ->
                object.path("parent")
                        .path("subscription_details")
                        .path("subscription")
                        .asText();
        };
    }

    /** As if no webhook had come. */
    private void forget() {
        // Deleted rows would stay in the index by which what is due is found, and make every claim slower than the one
        // before.
        Sql.asSuperuser().execute("TRUNCATE stripe_events, stripe_objects");
        Sql.asSuperuser().execute("DELETE FROM subscriptions WHERE id = ANY (?)", (Object)
                lives.stream().map(Life::id).toArray(UUID[]::new));
    }

    /** Some are cancelled at once, which are returned. Of the others, every second one ends at its period's end, or no more. */
    private static List<Life> moveOn(List<Life> told) {
        Map<Boolean, List<Life>> cancelled = IntStream.range(0, told.size())
                .boxed()
                .collect(Collectors.partitioningBy(
                        i -> i % ONE_IS_CANCELLED_OF == 0, Collectors.mapping(told::get, Collectors.toList())));
        inParallel(
                cancelled.get(true),
                life -> Http.stripe("DELETE", "/v1/subscriptions/" + life.stripeId(), Map.of())
                        .require(200));
        Map<String, State> present = atStripe(told).stream().collect(Collectors.toMap(State::stripeId, state -> state));
        List<Life> others = cancelled.get(false);
        inParallel(
                IntStream.range(0, others.size())
                        .filter(i -> i % 2 == 0)
                        .mapToObj(others::get)
                        .toList(),
                life -> Http.stripe(
                                "POST",
                                "/v1/subscriptions/" + life.stripeId(),
                                Map.of(
                                        "cancel_at_period_end",
                                        !present.get(life.stripeId()).ends()))
                        .require(200));
        return cancelled.get(true);
    }

    private static void send(Event event) {
        assertThat(Http.webhook(event.payload(), StripeSteps.signature(event.payload()))
                        .status())
                .as(event.id())
                .isEqualTo(204);
    }

    private static void awaitFetched() {
        await().atMost(SOON.multipliedBy(3))
                .until(() ->
                        Sql.asSuperuser().number("SELECT count(*) FROM stripe_objects WHERE requested > fetched") == 0);
    }

    private static List<State> stored(List<Life> told) {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', stripe_subscription_id, status, extract(epoch FROM current_period_end)::bigint,"
                                + " cancel_at_period_end) FROM subscriptions WHERE id = ANY (?)",
                        (Object) told.stream().map(Life::id).toArray(UUID[]::new))
                .stream()
                .map(row -> String.valueOf(row).split(" "))
                .map(row -> new State(row[0], row[1], Long.parseLong(row[2]), row[3].equals("t")))
                .toList();
    }

    /** All of them, from as many pages as there are. */
    private static List<JsonNode> subscriptions() {
        List<JsonNode> all = new ArrayList<>();
        Reply page = Http.stripe("/v1/subscriptions?status=all&limit=100");
        all.addAll(page.data());
        while (page.body().path("has_more").asBoolean()) {
            page = Http.stripe("/v1/subscriptions?status=all&limit=100&starting_after="
                    + all.get(all.size() - 1).path("id").asText());
            all.addAll(page.data());
        }
        return all;
    }

    private static List<State> atStripe(List<Life> told) {
        Set<String> ids = told.stream().map(Life::stripeId).collect(Collectors.toSet());
        return subscriptions().stream()
                .filter(one -> ids.contains(one.path("id").asText()))
                .map(one -> {
                    boolean isOver = one.path("status").asText().equals("canceled");
                    return new State(
                            one.path("id").asText(),
                            isOver ? "cancelled" : one.path("status").asText(),
                            one.at("/items/data/0/current_period_end").asLong(),
                            one.path("cancel_at_period_end").asBoolean() && !isOver);
                })
                .toList();
    }
}
