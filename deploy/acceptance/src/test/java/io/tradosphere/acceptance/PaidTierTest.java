package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A bought tier from its checkout to its end, with the suite's fake of Stripe. */
@Order(4)
class PaidTierTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** A tier whose grace was over long ago would not be held. */
    private static final Duration TEN_DAYS = Duration.ofDays(10);

    private Client buyer;

    @Test
    void a_tier_is_bought_goes_up_at_once_and_down_at_the_periods_end() {
        StripePages.reset(Instant.now().minus(TEN_DAYS));
        buyer = Client.withProfile();
        assertThat(purchase().isNull()).isTrue();
        assertThat(offerPlan()).isEqualTo(403);

        // A checkout that is not paid buys nothing.
        String checkout = buyer.request("POST", "/v1/tiers/checkout", """
                        {"tier":"grow","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                        """)
                .path("checkoutUrl")
                .asText();
        assertThat(tier()).isEqualTo("free");
        StripePages.pay(checkout);
        awaitTier("grow");
        await().atMost(SOON).until(() -> offerPlan() == 200);

        // A higher one counts at once.
        StripePages.pass("P15D");
        JsonNode higher = change("elite");
        assertThat(higher.path("tier").asText()).isEqualTo("elite");
        awaitTier("elite");

        // A lower one begins with the next period.
        JsonNode lower = change("grow");
        assertThat(lower.path("tier").asText()).isEqualTo("elite");
        assertThat(lower.path("nextTier").asText()).isEqualTo("grow");
        assertThat(tier()).isEqualTo("elite");
        StripePages.passMonth();
        awaitTier("grow");
        assertThat(purchase().path("nextTier").isNull()).isTrue();

        // What an admin granted stays when the bought one ends.
        Client.admin().request("PUT", "/v1/profiles/" + buyer.id() + "/tier", "{\"tier\":\"elite\"}");
        awaitTier("elite");
        JsonNode ending = buyer.request("DELETE", "/v1/tiers/me", null).path("purchase");
        assertThat(ending.path("cancelAtPeriodEnd").asBoolean()).isTrue();
        StripePages.passMonth();
        await().atMost(SOON).until(() -> purchase().path("status").asText().equals("cancelled"));
        assertThat(tier()).isEqualTo("elite");
        Client.admin().request("PUT", "/v1/profiles/" + buyer.id() + "/tier", "{\"tier\":\"free\"}");
        awaitTier("free");
    }

    private int offerPlan() {
        return buyer.call("PUT", "/v1/plans/me", "{\"priceMonthly\":\"5.00\",\"currency\":\"USD\"}")
                .status();
    }

    private JsonNode change(String tier) {
        return buyer.request("PUT", "/v1/tiers/me", "{\"tier\":\"" + tier + "\"}")
                .path("purchase");
    }

    private JsonNode purchase() {
        return buyer.request("GET", "/v1/tiers/me", null).path("purchase");
    }

    /** The tier of the profile, which profile-service keeps. */
    private String tier() {
        return Client.anonymous()
                .request("GET", "/v1/profiles/" + buyer.id(), null)
                .path("tier")
                .asText();
    }

    private void awaitTier(String expected) {
        await("tier " + expected).atMost(SOON).until(() -> tier().equals(expected));
    }
}
