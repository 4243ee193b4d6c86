package io.tradosphere.billing.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.billing.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a subscription stands by docs/billing.md, from Stripe's object of it.
 *
 * @param id Stripe's id
 * @param price Stripe's id of its price
 * @param status ours
 * @param ends whether it ends by itself at the period's end
 * @param accessUntil until when it gives what it is for
 */
record AtStripe(String id, String price, String status, Instant periodEnd, boolean ends, Instant accessUntil) {

    private static final Duration GRACE = Duration.ofDays(14);

    /**
     * The subscription of a customer that lives on, or else the one that ended last. At most one may live on.
     *
     * @param whose for the message of a failure
     */
    static Optional<AtStripe> lastOf(String customer, Object whose) {
        List<JsonNode> all = Http.stripe(
                        "/v1/subscriptions?status=all&expand%5B%5D=data.latest_invoice&limit=100&customer=" + customer)
                .data();
        List<JsonNode> live = all.stream().filter(one -> !isOver(one)).toList();
        assertThat(live).as("what lives on at Stripe of %s", whose).hasSizeLessThan(2);
        return live.stream()
                .findFirst()
                .or(() -> all.stream()
                        // Two may end in the same second.
                        .max(Comparator.<JsonNode>comparingLong(
                                        one -> one.path("ended_at").asLong())
                                .thenComparing(one -> one.path("id").asText())))
                .map(AtStripe::of);
    }

    private static AtStripe of(JsonNode subscription) {
        JsonNode item = subscription.path("items").path("data").path(0);
        Instant periodStart = time(item.path("current_period_start"));
        Instant periodEnd = time(item.path("current_period_end"));
        boolean ends = subscription.path("cancel_at_period_end").asBoolean();
        boolean isTriedAgain =
                subscription.path("latest_invoice").path("next_payment_attempt").isNumber();
        String stripes = subscription.path("status").asText();
        Instant accessUntil =
                switch (stripes) {
                    case "active" -> ends ? periodEnd : periodEnd.plus(GRACE);
                    case "past_due" -> isTriedAgain ? periodStart.plus(GRACE) : periodStart;
                    case "unpaid" -> periodStart;
                    case "canceled" -> time(subscription.path("ended_at"));
                    default -> throw new AssertionError("a life does not lead to " + stripes);
                };
        return new AtStripe(
                subscription.path("id").asText(),
                item.path("price").path("id").asText(),
                stripes.equals("canceled") ? "cancelled" : stripes,
                periodEnd,
                ends && !isOver(subscription),
                accessUntil);
    }

    /** Whether it is not over. */
    boolean isLive() {
        return !status.equals("cancelled");
    }

    private static boolean isOver(JsonNode subscription) {
        return subscription.path("status").asText().equals("canceled");
    }

    private static Instant time(JsonNode seconds) {
        return Instant.ofEpochSecond(seconds.asLong());
    }
}
