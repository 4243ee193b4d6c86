package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A prize from the competition to the winner's account, with the suite's fake of Stripe. */
@Order(4)
class PayoutTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration UNTIL_THE_END = Duration.ofSeconds(90);

    /** The prize pool of 1000.00 without the platform's fee. */
    private static final String PRIZE = "950.00";

    @Test
    void a_prize_waits_for_its_release_and_for_an_account_and_is_transferred_once() {
        StripePages.reset(Instant.now());
        StripePages.setBalance(200_000);
        Client winner = Client.withProfile("grow");
        win(winner);

        // Nobody pays a pool in yet, so a prize is not paid by itself.
        await().atMost(SOON).until(() -> payout(winner).path("status").asText().equals("unfunded"));
        assertThat(payout(winner).path("amount").asText()).isEqualTo(PRIZE);
        run();
        String release = "/v1/payouts/" + payout(winner).path("id").asText() + "/release";
        assertThat(winner.call("POST", release, null).status()).isEqualTo(403);

        // Released, it waits for an account.
        Client.admin().request("POST", release, null);
        run();
        assertThat(payout(winner).path("status").asText()).isEqualTo("waiting");

        StripePages.onboard(winner);
        await().atMost(SOON).until(() -> payout(winner).path("status").asText().equals("owed"));
        run();
        await().atMost(SOON).until(() -> payout(winner).path("status").asText().equals("paid"));

        // Once, whatever is asked again.
        Client.admin().request("POST", release, null);
        run();
        run();
        assertThat(StripePages.transfers(winner)).containsExactly(95_000L);
    }

    /** Wins a competition of a few seconds, alone. */
    private static void win(Client winner) {
        Client organiser = Client.withProfile("gladiator");
        Instant start = Instant.now().plusSeconds(3);
        String cup = "/v1/competitions/"
                + organiser
                        .request("POST", "/v1/competitions", """
                                {"name":"Cup","type":"free_for_all","prizePool":"1000.00","startsAt":"%s","endsAt":"%s",
                                 "rules":{"prizeDistribution":[100],"lateEntry":true},"scoringMetrics":{"totalPnl":1}}
                                """.formatted(start, start.plusSeconds(10)))
                        .path("id")
                        .asText();
        winner.request("POST", cup + "/participants", "{}");
        await().atMost(UNTIL_THE_END).until(() -> !status(cup).equals("upcoming"));
        String trade = winner.request("POST", "/v1/trades", """
                        {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"100","size":"1"}
                        """).path("id").asText();
        winner.request("PATCH", "/v1/trades/" + trade, "{\"exitPrice\":\"110\"}");
        await().atMost(UNTIL_THE_END).until(() -> status(cup).equals("completed"));
    }

    private static String status(String competition) {
        return Client.anonymous()
                .request("GET", competition, null)
                .path("status")
                .asText();
    }

    private static JsonNode payout(Client person) {
        return person.request("GET", "/v1/payouts", null).path("items").path(0);
    }

    /** Runs the payouts, and waits until what it asked of Stripe is done. */
    private static void run() {
        Client.admin().request("POST", "/v1/payouts/run", null);
        await().atMost(SOON).until(() -> Database.number("SELECT count(*) FROM billing.stripe_tasks") == 0);
    }
}
