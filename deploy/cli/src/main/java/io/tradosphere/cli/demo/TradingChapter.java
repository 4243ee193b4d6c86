package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.prices.MarketFeed;
import io.tradosphere.contracts.market.PriceTicked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** The demo's trading part: signals that the market resolves, reactions, feeds, and a trade journal. */
final class TradingChapter {

    private final DemoScript script;
    private final MarketFeed market;
    private final String symbol;

    /** @param market the market-data feed */
    TradingChapter(DemoScript script, MarketFeed market) {
        this.script = script;
        this.market = market;
        this.symbol = "DEMO" + script.run().toUpperCase(Locale.ROOT) + "/USD";
    }

    void play() {
        script.chapter("vega has a trade idea parsed, and posts it as a signal");
        JsonNode parsed = script.request(
                "POST",
                "/v1/signals/parse",
                script.token("vega"),
                "{\"text\":\"LONG " + symbol + " @ 64k, TP 70k SL 61.5k, 4H\"}",
                "parse a text");
        script.print("confidence " + parsed.path("aiConfidence").asText() + ", entry "
                + parsed.path("entryPrice").asText());
        String winner = post("LONG", "64000", "70000", "61500");
        String loser = post("SHORT", "64000", "60000", "66000");
        script.check(
                "a signal with its stop on the wrong side is refused (400)",
                script.status("POST", "/v1/signals", script.token("vega"), signal("LONG", "64000", "70000", "65000"))
                        == 400);
        expectStat("totalSignals", 2);

        script.chapter("The signals reach vega's followers, and they react");
        script.expect("fan4's feed has both signals", () -> feed("fan4") == 2);
        script.check("the feed of fan1, who unfollowed, has none", feed("fan1") == 0);
        for (String fan : new String[] {"fan4", "fan5", "fan6"}) {
            react(fan, winner, "rocket");
            react(fan, winner, "fire");
        }
        script.request(
                "POST",
                "/v1/signals/" + winner + "/comments",
                script.token("fan4"),
                "{\"content\":\"In with you.\"}",
                "comment");
        expectCount(winner, "likeCount", 3, "each fan changed the reaction once");
        expectCount(winner, "commentCount", 1, "fan4's");

        script.chapter("Market ticks resolve the signals");
        tick("66100");
        script.expect("the short is a miss", () -> "miss".equals(status(loser)));
        tick("71250.5");
        script.expect("the long is a hit", () -> "hit".equals(status(winner)));
        JsonNode hit = read(winner);
        script.check(
                "the market resolved it at the price after the gap",
                "71250.5".equals(hit.path("outcomePrice").asText())
                        && "market".equals(hit.path("outcomeSource").asText()));
        script.check(
                "vega can no longer change the outcome (409)",
                script.status(
                                "POST",
                                "/v1/signals/" + loser + "/resolve",
                                script.token("vega"),
                                "{\"status\":\"cancelled\"}")
                        == 409);
        expectStat("hitSignals", 1);
        expectStat("verifiedHits", 1);
        expectStat("missSignals", 1);
        expectStat("winStreak", 1);

        script.chapter("mira records a trade in her journal");
        String opened = Instant.now().minusSeconds(3_600).toString();
        JsonNode trade = script.request(
                "POST",
                "/v1/trades",
                script.token("mira"),
                "{\"asset\":\"BTC/USD\",\"assetType\":\"crypto\",\"direction\":\"LONG\",\"entryPrice\":\"64000\",\"size\":\"0.5\","
                        + "\"leverage\":2,\"fees\":\"12.5\",\"openedAt\":\"" + opened + "\"}",
                "open a trade");
        JsonNode closed = script.request(
                "PATCH",
                "/v1/trades/" + trade.path("id").asText(),
                script.token("mira"),
                "{\"exitPrice\":\"65000\"}",
                "close the trade");
        script.check(
                "the service computed a profit of 487.50 after fees",
                new BigDecimal("487.5")
                                .compareTo(new BigDecimal(closed.path("netPnl").asText("0")))
                        == 0);
        script.check(
                "other profiles cannot see the trade (404)",
                script.status("GET", "/v1/trades/" + trade.path("id").asText(), script.token("vega"), null) == 404);
    }

    private String post(String direction, String entry, String target, String stop) {
        return script.request(
                        "POST",
                        "/v1/signals",
                        script.token("vega"),
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
        script.request(
                "PUT",
                "/v1/signals/" + signal + "/reaction",
                script.token(fan),
                "{\"type\":\"" + type + "\"}",
                "react");
    }

    private void tick(String price) {
        market.send(new PriceTicked(symbol, new BigDecimal(price), Instant.now()));
        market.flush();
        script.print(symbol + " is at " + price);
    }

    private int feed(String reader) {
        return script.request("GET", "/v1/feed", script.token(reader), null, "read a feed")
                .path("items")
                .size();
    }

    private JsonNode read(String signal) {
        return script.request("GET", "/v1/signals/" + signal, null, null, "read a signal");
    }

    private String status(String signal) {
        return read(signal).path("status").asText();
    }

    private void expectCount(String signal, String count, int expected, String why) {
        script.expect(
                "its " + count + " is " + expected + " (" + why + ")",
                () -> read(signal).path(count).asInt(-1) == expected);
    }

    private void expectStat(String stat, int expected) {
        script.expect(
                "vega's " + stat + " is " + expected,
                () -> script.request("GET", "/v1/profiles/" + script.id("vega"), null, null, "read vega's profile")
                                .path("stats")
                                .path(stat)
                                .asInt(-1)
                        == expected);
    }
}
