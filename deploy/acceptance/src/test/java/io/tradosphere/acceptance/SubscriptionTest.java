package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A paid subscription from the creator's plan to its second beginning, with the suite's fake of Stripe. */
@Order(4)
class SubscriptionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** After two periods the third has begun ten days ago: less than the grace of 14 days. */
    private static final Duration TWO_PERIODS_AND_TEN_DAYS = Duration.ofDays(71);

    private Client creator;
    private Client alice;
    private String subscription;

    @Test
    void a_subscription_lives_from_the_plan_to_its_second_beginning() {
        StripePages.reset(aDayOfEveryMonth(Instant.now().minus(TWO_PERIODS_AND_TEN_DAYS)));
        creator = Client.withProfile("grow");
        alice = Client.withProfile();

        // Nobody can subscribe before there is a plan, and before its creator can be paid.
        assertThat(checkout().status()).isEqualTo(409);
        creator.request("PUT", "/v1/plans/me", "{\"priceMonthly\":\"5.00\",\"currency\":\"USD\"}");
        assertThat(checkout().json().path("type").asText()).endsWith("/payouts-not-enabled");
        StripePages.sellSubscriptions(creator);

        // A checkout that is not paid neither counts nor gives access.
        Client.Response checkout = checkout();
        assertThat(checkout.status()).isEqualTo(201);
        subscription = "/v1/subscriptions/" + checkout.json().path("id").asText();
        assertThat(alice.call("GET", subscription, null).status()).isEqualTo(404);
        assertThat(hasAccess()).isFalse();

        // By the time of the services, the first period and its grace are over.
        StripePages.pay(checkout.json().path("checkoutUrl").asText());
        awaitStands("active", 1, false);

        // A month later it is renewed.
        String firstEnd = show("currentPeriodEnd");
        StripePages.passMonth();
        await().atMost(SOON).until(() -> show("currentPeriodEnd").compareTo(firstEnd) > 0);
        awaitStands("active", 1, true);

        // The next month the card fails: the count falls, access stays.
        StripePages.changeCard(portal(), StripePages.CARD_THAT_FAILS_LATER);
        StripePages.passMonth();
        awaitStands("past_due", 0, true);

        // When Stripe stops trying, the grace is over.
        StripePages.pass("P15D");
        awaitStands("unpaid", 0, false);

        StripePages.changeCard(portal(), StripePages.GOOD_CARD);
        StripePages.payOpenInvoices(portal());
        awaitStands("active", 1, true);

        // Cancelled at the period's end.
        assertThat(alice.request("DELETE", subscription, null)
                        .path("cancelAtPeriodEnd")
                        .asBoolean())
                .isTrue();
        awaitStands("active", 1, true);
        StripePages.passMonth();
        awaitCount(0);
        assertThat(show("status")).isEqualTo("cancelled");

        // Subscribed again, on the same row.
        Client.Response again = checkout();
        assertThat(subscription).endsWith(again.json().path("id").asText());
        StripePages.pay(again.json().path("checkoutUrl").asText());
        awaitStands("active", 1, true);
    }

    /** That day, or one of the next three: what begins on a 31st is renewed at the ends of months, which passMonth may miss. */
    private static Instant aDayOfEveryMonth(Instant day) {
        Instant later = day;
        while (later.atOffset(ZoneOffset.UTC).getDayOfMonth() > 28) {
            later = later.plus(Duration.ofDays(1));
        }
        return later;
    }

    private Client.Response checkout() {
        return StripePages.checkout(alice, creator);
    }

    private String portal() {
        return alice.request("POST", "/v1/subscriptions/portal", "{\"returnUrl\":\"http://localhost:3000/\"}")
                .path("url")
                .asText();
    }

    private String show(String field) {
        return alice.request("GET", subscription, null).path(field).asText();
    }

    private boolean hasAccess() {
        return alice.request("GET", "/v1/subscriptions/access/" + creator.id(), null)
                .path("access")
                .asBoolean();
    }

    private void awaitStands(String status, int count, boolean access) {
        await("status " + status)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alice.call("GET", subscription, null)
                                .json()
                                .path("status")
                                .asText())
                        .isEqualTo(status));
        assertThat(hasAccess()).isEqualTo(access);
        awaitCount(count);
    }

    private void awaitCount(int count) {
        await("count " + count)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(creator.stat("subscriberCount")).isEqualTo(count));
    }
}
