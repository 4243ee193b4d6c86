package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The demo's competition part: a competition of a few seconds, three traders, and exact prizes. */
final class CompetitionChapter {

    /** Enough for four joins before the start, and for three trades before the end, on an idle machine. */
    private static final Duration UNTIL_START = Duration.ofSeconds(3);

    private static final Duration UNTIL_END = Duration.ofSeconds(7);
    private static final int REQUESTS_BEFORE_EACH = 6;
    private static final List<String> TRADERS = List.of("fan4", "fan5", "fan6");

    private final DemoScript script;
    private String path;

    CompetitionChapter(DemoScript script) {
        this.script = script;
    }

    void play() {
        script.chapter("vega, now of tier gladiator, creates a competition of a few seconds");
        script.setTier("vega", "gladiator");
        Duration reserve = script.slowest().multipliedBy(REQUESTS_BEFORE_EACH);
        Instant start = Instant.now().plus(UNTIL_START).plus(reserve);
        Instant end = start.plus(UNTIL_END).plus(reserve);
        JsonNode made = script.request(
                "POST",
                "/v1/competitions",
                script.token("vega"),
                """
                {"name":"Sprint %s","type":"free_for_all","prizePool":"1000.00","rules":{"prizeDistribution":[50,30,20]},
                 "scoringMetrics":{"totalPnl":1},"maxParticipants":3,"startsAt":"%s","endsAt":"%s"}
                """.formatted(script.run(), start, end),
                "open a competition");
        path = "/v1/competitions/" + made.path("id").asText();
        TRADERS.forEach(trader ->
                script.request("POST", path + "/participants", script.token(trader), "{}", "join the competition"));
        script.check(
                "a fourth participant is refused: the competition is full (409)",
                script.status("POST", path + "/participants", script.token("fan7"), "{}") == 409);

        script.chapter("The competition starts, its participants trade, and it ends");
        script.expect("the competition is active", () -> "active".equals(status()));
        trade("fan4", start, "110");
        trade("fan5", start, "104");
        trade("fan6", start, "98");
        script.expect("the leaderboard has fan4, fan5 and fan6 in this order", () -> isInOrder(leaderboard()));
        script.expect("the competition is completed", () -> "completed".equals(status()));
        JsonNode results = script.request("GET", path + "/results", null, null, "read the results");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode result : results.path("items")) {
            sum = sum.add(new BigDecimal(result.path("prize").asText("0")));
        }
        script.check(
                "the prizes are 475.00, 285.00 and 190.00: the prize pool after the platform's fee",
                sum.compareTo(new BigDecimal("950.00")) == 0
                        && "475.00"
                                .equals(results.path("items")
                                        .path(0)
                                        .path("prize")
                                        .asText()));
    }

    private void trade(String trader, Instant opened, String exit) {
        script.request(
                "POST",
                "/v1/trades",
                script.token(trader),
                """
                {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"100","exitPrice":"%s","size":"10",
                 "openedAt":"%s","closedAt":"%s"}
                """.formatted(exit, opened.plusMillis(1), Instant.now()),
                "report a trade");
    }

    private String status() {
        return script.request("GET", path, null, null, "read the competition")
                .path("status")
                .asText();
    }

    private JsonNode leaderboard() {
        return script.request("GET", path + "/leaderboard", null, null, "read the leaderboard")
                .path("items");
    }

    private boolean isInOrder(JsonNode rows) {
        for (int place = 0; place < TRADERS.size(); place++) {
            String trader = script.id(TRADERS.get(place)).toString();
            boolean allPassed = trader.equals(rows.path(place).path("profileId").asText())
                    && rows.path(place).path("rank").asInt() == place + 1
                    && rows.path(place).path("tradeCount").asInt() == 1;
            if (!allPassed) {
                return false;
            }
        }
        return rows.size() == TRADERS.size();
    }
}
