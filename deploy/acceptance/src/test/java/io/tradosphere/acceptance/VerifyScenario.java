package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Data of every kind that a service derives: it leaves no derived table empty. */
final class VerifyScenario {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static boolean isThere;

    private VerifyScenario() {}

    /** Makes it, once for all tests. */
    static synchronized void ensure() {
        if (!isThere) {
            create();
            isThere = true;
        }
    }

    private static void create() {
        // competitions, one of which ends while the rest is made, and trades that count
        Client organiser = Client.withProfile("gladiator");
        Client hidden = Client.withProfile("gladiator");
        hidden.request(
                "PATCH", "/v1/profiles/me", "{\"stealthMode\":true,\"journalPublic\":true,\"displayName\":\"Night\"}");
        Client trader = Client.withProfile();
        Instant start = Instant.now().plusSeconds(2);
        String running = competition(organiser, start, start.plusSeconds(36_000));
        String ending = competition(organiser, start, start.plusSeconds(12));
        for (Client participant : List.of(hidden, trader)) {
            participant.request("POST", running + "/participants", "{}");
            participant.request("POST", ending + "/participants", "{}");
        }
        await().atMost(TIMEOUT)
                .until(() -> status(running).equals("active") && !status(ending).equals("upcoming"));
        trade(hidden, "500");
        trade(trader, "100");
        trade(trader, "-300");

        // follows, blocks and a clan
        Client creator = Client.withProfile("elite");
        Client fan = Client.withProfile();
        Client blocked = Client.withProfile();
        assertThat(fan.follow(creator).status()).isEqualTo(204);
        fan.request("PUT", "/v1/follows/blocks/" + blocked.id(), null);
        String clan = creator.request(
                        "POST",
                        "/v1/clans",
                        "{\"name\":\"Clan " + creator.id().toString().substring(0, 8) + "\"}")
                .path("id")
                .asText();
        fan.request("POST", "/v1/clans/" + clan + "/members", null);

        // a paid subscription and a bought tier
        StripePages.sellSubscriptions(creator);
        StripePages.pay(
                StripePages.checkout(fan, creator).json().path("checkoutUrl").asText());
        StripePages.pay(fan.request("POST", "/v1/tiers/checkout", """
                        {"tier":"grow","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                        """)
                .path("checkoutUrl")
                .asText());
        await().atMost(TIMEOUT).until(() -> creator.stat("subscriberCount") == 1);
        await().atMost(TIMEOUT)
                .until(() -> Client.anonymous()
                        .request("GET", "/v1/profiles/" + fan.id(), null)
                        .path("tier")
                        .asText()
                        .equals("grow"));

        // a refund, after a block
        Client unwanted = Client.withProfile();
        StripePages.pay(StripePages.checkout(unwanted, creator)
                .json()
                .path("checkoutUrl")
                .asText());
        await().atMost(TIMEOUT).until(() -> creator.stat("subscriberCount") == 2);
        creator.request("PUT", "/v1/follows/blocks/" + unwanted.id(), null);
        await().atMost(TIMEOUT).until(() -> creator.stat("subscriberCount") == 1);
        fan.request("POST", "/v1/messages", "{\"recipientId\":\"" + creator.id() + "\",\"content\":\"Hello\"}");

        // a stream with a viewer
        String stream = creator.request("POST", "/v1/streams", "{\"title\":\"Live\",\"category\":\"analysis\"}")
                .path("id")
                .asText();
        fan.request("POST", "/v1/streams/" + stream + "/viewers", null);
        await().atMost(TIMEOUT)
                .until(() ->
                        Database.number("SELECT total_viewers FROM streaming.streams WHERE id = ?::uuid", stream) == 1);

        // signals with outcomes, reactions, comments and views
        await().atMost(TIMEOUT)
                .until(() -> Database.number(
                                "SELECT count(*) FROM signal.follows WHERE following_id = ? AND merged_until < 'infinity'",
                                creator.id())
                        == 1);
        String kept = creator.postSignal("{}");
        creator.resolve(creator.postSignal("{}"), "hit");
        creator.resolve(creator.postSignal("{}"), "miss");
        creator.resolve(creator.postSignal("{}"), "cancelled");
        creator.resolve(creator.postSignal("{}"), "hit");
        fan.request("PUT", "/v1/signals/" + kept + "/reaction", "{\"type\":\"fire\"}");
        fan.request("POST", "/v1/signals/" + kept + "/comments", "{\"content\":\"Hm\"}");
        fan.request("POST", "/v1/signals/" + kept + "/views", null);

        await().atMost(TIMEOUT).until(() -> status(ending).equals("completed"));
        // a prize that is paid
        StripePages.setBalance(200_000);
        StripePages.onboard(hidden);
        await().atMost(TIMEOUT)
                .until(() -> payout(hidden).path("status").asText().equals("unfunded"));
        Client.admin()
                .request("POST", "/v1/payouts/" + payout(hidden).path("id").asText() + "/release", null);
        Client.admin().request("POST", "/v1/payouts/run", null);
        await().atMost(TIMEOUT)
                .until(() -> payout(hidden).path("status").asText().equals("paid"));
        Broker.awaitDrained();
    }

    private static JsonNode payout(Client person) {
        return person.request("GET", "/v1/payouts", null).path("items").path(0);
    }

    private static String status(String competition) {
        return Client.anonymous()
                .request("GET", competition, null)
                .path("status")
                .asText();
    }

    private static String competition(Client organiser, Instant start, Instant end) {
        return "/v1/competitions/"
                + organiser
                        .request("POST", "/v1/competitions", """
                                {"name":"Cup","type":"free_for_all","prizePool":"1000.00","startsAt":"%s","endsAt":"%s",
                                 "rules":{"prizeDistribution":[100],"lateEntry":true},"scoringMetrics":{"totalPnl":1}}
                                """.formatted(start, end))
                        .path("id")
                        .asText();
    }

    /** A trade that is opened and closed now, with this profit. */
    private static void trade(Client trader, String profit) {
        String exit = String.valueOf(2_000_000 + Long.parseLong(profit));
        String trade = trader.request("POST", "/v1/trades", """
                        {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"2000000","size":"1"}
                        """).path("id").asText();
        trader.request("PATCH", "/v1/trades/" + trade, "{\"exitPrice\":\"" + exit + "\"}");
    }
}
