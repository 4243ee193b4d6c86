package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** vega runs a competition of some seconds; three fans trade in it, and the prizes come out to the cent. */
final class Contest {

    private static final int SECONDS_UNTIL_START = 3;
    private static final int SECONDS_UNTIL_END = 10;
    private static final List<String> TRADERS = List.of("fan4", "fan5", "fan6");

    private final Teller story;
    private String path;

    Contest(Teller story) {
        this.story = story;
    }

    void play() {
        story.chapter("vega, a gladiator now, opens a competition that lasts some seconds");
        story.setTier("vega", "gladiator");
        Instant start = Instant.now().plusSeconds(SECONDS_UNTIL_START);
        Instant end = Instant.now().plusSeconds(SECONDS_UNTIL_END);
        JsonNode made = story.call(
                "POST",
                "/v1/competitions",
                story.token("vega"),
                """
                {"name":"Sprint %s","type":"free_for_all","prizePool":"1000.00","rules":{"prizeDistribution":[50,30,20]},
                 "scoringMetrics":{"totalPnl":1},"maxParticipants":3,"startsAt":"%s","endsAt":"%s"}
                """.formatted(story.run(), start, end),
                "open a competition");
        path = "/v1/competitions/" + made.path("id").asText();
        TRADERS.forEach(trader ->
                story.call("POST", path + "/participants", story.token(trader), "{}", "join the competition"));
        story.check(
                "a fourth finds it full (409)",
                story.status("POST", path + "/participants", story.token("fan7"), "{}") == 409);

        story.chapter("It starts, is traded in, and ends by itself");
        story.expect("the competition is active", () -> "active".equals(status()));
        trade("fan4", start, "110");
        trade("fan5", start, "104");
        trade("fan6", start, "98");
        story.expect("the leaderboard has fan4, fan5 and fan6 in this order", () -> isInOrder(leaderboard()));
        story.expect("the competition is completed", () -> "completed".equals(status()));
        JsonNode results = story.call("GET", path + "/results", null, null, "read the results");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode result : results.path("items")) {
            sum = sum.add(new BigDecimal(result.path("prize").asText("0")));
        }
        story.check(
                "the prizes are 475.00, 285.00 and 190.00: the pool after the platform's fee",
                sum.compareTo(new BigDecimal("950.00")) == 0
                        && "475.00"
                                .equals(results.path("items")
                                        .path(0)
                                        .path("prize")
                                        .asText()));
    }

    private void trade(String trader, Instant opened, String exit) {
        story.call(
                "POST",
                "/v1/trades",
                story.token(trader),
                """
                {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"100","exitPrice":"%s","size":"10",
                 "openedAt":"%s","closedAt":"%s"}
                """.formatted(exit, opened.plusMillis(1), Instant.now()),
                "report a trade");
    }

    private String status() {
        return story.call("GET", path, null, null, "read the competition")
                .path("status")
                .asText();
    }

    private JsonNode leaderboard() {
        return story.call("GET", path + "/leaderboard", null, null, "read the leaderboard")
                .path("items");
    }

    private boolean isInOrder(JsonNode rows) {
        for (int place = 0; place < TRADERS.size(); place++) {
            String trader = story.id(TRADERS.get(place)).toString();
            boolean right = trader.equals(rows.path(place).path("profileId").asText())
                    && rows.path(place).path("rank").asInt() == place + 1
                    && rows.path(place).path("tradeCount").asInt() == 1;
            if (!right) {
                return false;
            }
        }
        return rows.size() == TRADERS.size();
    }
}
