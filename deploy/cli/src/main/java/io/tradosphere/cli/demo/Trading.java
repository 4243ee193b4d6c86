package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.prices.Market;
import io.tradosphere.contracts.market.PriceTicked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** Calls that the market decides, answers to them, feeds, and a journal whose profit the service computes. */
final class Trading {

    private final Teller story;
    private final Market market;
    private final String symbol;

    /** @param market where ticks go */
    Trading(Teller story, Market market) {
        this.story = story;
        this.market = market;
        this.symbol = "DEMO" + story.run().toUpperCase(Locale.ROOT) + "/USD";
    }

    void play() {
        story.chapter("vega types a call, and posts what was understood");
        JsonNode parsed = story.call(
                "POST",
                "/v1/signals/parse",
                story.token("vega"),
                "{\"text\":\"LONG " + symbol + " @ 64k, TP 70k SL 61.5k, 4H\"}",
                "parse a text");
        story.say("confidence " + parsed.path("aiConfidence").asText() + ", entry "
                + parsed.path("entryPrice").asText());
        String winner = post("LONG", "64000", "70000", "61500");
        String loser = post("SHORT", "64000", "60000", "66000");
        story.check(
                "a call with its stop on the wrong side is refused (400)",
                story.status("POST", "/v1/signals", story.token("vega"), signal("LONG", "64000", "70000", "65000"))
                        == 400);
        expectStat("totalSignals", 2);

        story.chapter("It reaches those who follow vega, and they answer");
        story.expect("fan4 has both calls in the feed", () -> feed("fan4") == 2);
        story.check("fan1, who unfollowed, has none", feed("fan1") == 0);
        for (String fan : new String[] {"fan4", "fan5", "fan6"}) {
            react(fan, winner, "rocket");
            react(fan, winner, "fire");
        }
        story.call(
                "POST",
                "/v1/signals/" + winner + "/comments",
                story.token("fan4"),
                "{\"content\":\"In with you.\"}",
                "comment");
        expectCount(winner, "likeCount", 3, "each changed their mind once");
        expectCount(winner, "commentCount", 1, "fan4's");

        story.chapter("The market moves, and decides");
        tick("66100");
        story.expect("the short is a miss", () -> "miss".equals(status(loser)));
        tick("71250.5");
        story.expect("the long is a hit", () -> "hit".equals(status(winner)));
        JsonNode hit = read(winner);
        story.check(
                "at the price of the gap, by the market",
                "71250.5".equals(hit.path("outcomePrice").asText())
                        && "market".equals(hit.path("outcomeSource").asText()));
        story.check(
                "vega cannot call it anything else now (409)",
                story.status(
                                "POST",
                                "/v1/signals/" + loser + "/resolve",
                                story.token("vega"),
                                "{\"status\":\"cancelled\"}")
                        == 409);
        expectStat("hitSignals", 1);
        expectStat("verifiedHits", 1);
        expectStat("missSignals", 1);
        expectStat("winStreak", 1);

        story.chapter("mira keeps a journal");
        String opened = Instant.now().minusSeconds(3_600).toString();
        JsonNode trade = story.call(
                "POST",
                "/v1/trades",
                story.token("mira"),
                "{\"asset\":\"BTC/USD\",\"assetType\":\"crypto\",\"direction\":\"LONG\",\"entryPrice\":\"64000\",\"size\":\"0.5\","
                        + "\"leverage\":2,\"fees\":\"12.5\",\"openedAt\":\"" + opened + "\"}",
                "open a trade");
        JsonNode closed = story.call(
                "PATCH",
                "/v1/trades/" + trade.path("id").asText(),
                story.token("mira"),
                "{\"exitPrice\":\"65000\"}",
                "close the trade");
        story.check(
                "closed with 487.50 after fees, as the service computed",
                new BigDecimal("487.5")
                                .compareTo(new BigDecimal(closed.path("netPnl").asText("0")))
                        == 0);
        story.check(
                "nobody else sees it (404)",
                story.status("GET", "/v1/trades/" + trade.path("id").asText(), story.token("vega"), null) == 404);
    }

    private String post(String direction, String entry, String target, String stop) {
        return story.call(
                        "POST",
                        "/v1/signals",
                        story.token("vega"),
                        signal(direction, entry, target, stop),
                        "post a signal")
                .path("id")
                .asText();
    }

    private String signal(String direction, String entry, String target, String stop) {
        return """
                {"assetSymbol":"%s","assetType":"crypto","direction":"%s","entryPrice":"%s","targetPrice":"%s",
                 "stopLoss":"%s","rationale":"A demonstration","timeframe":"4H"}""".formatted(symbol, direction, entry, target, stop);
    }

    private void react(String fan, String signal, String type) {
        story.call(
                "PUT", "/v1/signals/" + signal + "/reaction", story.token(fan), "{\"type\":\"" + type + "\"}", "react");
    }

    private void tick(String price) {
        market.play(new PriceTicked(symbol, new BigDecimal(price), Instant.now()));
        market.settle();
        story.say(symbol + " is at " + price);
    }

    private int feed(String reader) {
        return story.call("GET", "/v1/feed", story.token(reader), null, "read a feed")
                .path("items")
                .size();
    }

    private JsonNode read(String signal) {
        return story.call("GET", "/v1/signals/" + signal, null, null, "read a signal");
    }

    private String status(String signal) {
        return read(signal).path("status").asText();
    }

    private void expectCount(String signal, String count, int expected, String why) {
        story.expect(
                "its " + count + " is " + expected + " (" + why + ")",
                () -> read(signal).path(count).asInt(-1) == expected);
    }

    private void expectStat(String stat, int expected) {
        story.expect(
                "vega's " + stat + " is " + expected,
                () -> story.call("GET", "/v1/profiles/" + story.id("vega"), null, null, "read vega's profile")
                                .path("stats")
                                .path(stat)
                                .asInt(-1)
                        == expected);
    }
}
