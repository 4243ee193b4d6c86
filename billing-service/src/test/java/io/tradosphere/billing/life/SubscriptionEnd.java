package io.tradosphere.billing.life;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.billing.Http;
import io.tradosphere.billing.Http.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a life with a creator ended: what the API has to say of it, by docs/billing.md, or does say.
 *
 * @param count what it adds to the creator's number of subscribers
 * @param returned what went back to the subscriber, in any order
 */
record SubscriptionEnd(
        String status,
        Instant periodEnd,
        boolean cancelAtPeriodEnd,
        Instant accessUntil,
        boolean access,
        int count,
        List<String> returned) {

    private static final SubscriptionEnd NONE = new SubscriptionEnd("none", null, false, null, false, 0, List.of());

    /** What the API says. */
    static SubscriptionEnd shown(SubscriptionLife life, int count) {
        boolean access = Http.api(
                        life.person(),
                        "GET",
                        "/v1/subscriptions/access/" + life.creator().id())
                .require(200)
                .body()
                .path("access")
                .asBoolean();
        Reply response = Http.api(life.person(), "GET", "/v1/subscriptions/" + life.id());
        if (response.status() == 404) {
            return new SubscriptionEnd("none", null, false, null, access, count, List.of());
        }
        JsonNode view = response.body();
        List<String> returned = new ArrayList<>();
        view.path("refunds")
                .forEach(one -> returned.add(String.join(
                        " ",
                        one.path("kind").asText(),
                        one.path("amount").asText(),
                        one.path("status").asText())));
        return new SubscriptionEnd(
                view.path("status").asText(),
                Instant.parse(view.path("currentPeriodEnd").asText()),
                view.path("cancelAtPeriodEnd").asBoolean(),
                Instant.parse(view.path("accessUntil").asText()),
                access,
                count,
                returned.stream().sorted().toList());
    }

    /** What follows from Stripe's objects of this person. */
    static SubscriptionEnd atStripe(SubscriptionLife life) {
        String customer = life.customer();
        return AtStripe.lastOf(customer, life)
                .map(last -> new SubscriptionEnd(
                        last.status(),
                        last.periodEnd(),
                        last.ends(),
                        last.accessUntil(),
                        last.accessUntil().isAfter(Instant.now()),
                        last.status().equals("active") ? 1 : 0,
                        returned(customer)))
                .orElse(NONE);
    }

    private static List<String> returned(String customer) {
        List<String> returned = new ArrayList<>();
        for (JsonNode charge :
                Http.stripe("/v1/charges?limit=100&customer=" + customer).data()) {
            String of = "?limit=100&charge=" + charge.path("id").asText();
            if (charge.path("amount_refunded").asLong() > 0) {
                Http.stripe("/v1/refunds" + of).data().forEach(one -> returned.add("refund " + text(one)));
            }
            if (charge.path("disputed").asBoolean()) {
                Http.stripe("/v1/disputes" + of).data().forEach(one -> returned.add("dispute " + text(one)));
            }
        }
        return returned.stream().sorted().toList();
    }

    private static String text(JsonNode returned) {
        return BigDecimal.valueOf(returned.path("amount").asLong(), 2).toPlainString() + " "
                + returned.path("status").asText();
    }
}
