package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.verify.VerifyCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Signals from posting to their creator's record, with reactions, feeds, journals and watchlists. */
@Order(4)
class TradingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void a_signal_is_resolved_once_by_the_first_tick_that_crosses_it_and_its_creators_record_follows() {
        // given
        Client creator = Client.signalCreator();
        String symbol = Prices.freshSymbol();
        String winner = creator.postSignal(levels(symbol, "LONG", "100", "110", "90"));
        String loser = creator.postSignal(levels(symbol, "SHORT", "100", "80", "105"));
        String open = creator.postSignal(levels(symbol, "LONG", "100", "200", "50"));

        // when the price jumps over both levels
        Prices.tick(symbol, "100");
        Prices.tick(symbol, "112.5");

        // then
        await().atMost(TIMEOUT)
                .until(() -> status(winner).equals("hit") && status(loser).equals("miss"));
        JsonNode hit = signal(winner);
        assertThat(hit.path("outcomePrice").asText()).isEqualTo("112.5");
        assertThat(hit.path("outcomeSource").asText()).isEqualTo("market");
        assertThat(status(open)).isEqualTo("active");
        await().atMost(TIMEOUT).until(() -> creator.stat("hitSignals") == 1 && creator.stat("missSignals") == 1);
        assertThat(creator.stat("totalSignals")).isEqualTo(3);
        assertThat(creator.stat("verifiedHits")).isEqualTo(1);
        assertThat(creator.stat("maxWinStreak")).isLessThanOrEqualTo(1);
        assertThat(Client.anonymous()
                        .request("GET", "/v1/profiles/" + creator.id(), null)
                        .at("/stats/winRate")
                        .asDouble())
                .isEqualTo(50.0);

        // when the price returns and crosses a level again
        Prices.tick(symbol, "85");
        Prices.tick(symbol, "115");
        Broker.awaitDrained();

        // then the signal is not resolved twice
        assertThat(signal(winner)).isEqualTo(hit);
        assertThat(creator.stat("hitSignals")).isEqualTo(1);
        assertThat(creator.stat("missSignals")).isEqualTo(1);
        assertThat(resolutionsOf(winner, creator)).isEqualTo(1);
    }

    @Test
    void streaks_go_by_the_order_of_resolution_and_a_cancelled_signal_leaves_them_alone() {
        Client creator = Client.signalCreator();

        for (String outcome : List.of("hit", "hit", "cancelled", "hit", "miss", "hit")) {
            creator.resolve(creator.postSignal("{}"), outcome);
        }

        await().atMost(TIMEOUT).until(() -> creator.stat("hitSignals") == 4 && creator.stat("missSignals") == 1);
        assertThat(creator.stat("winStreak")).isEqualTo(1);
        assertThat(creator.stat("maxWinStreak")).isEqualTo(3);
        assertThat(creator.stat("verifiedHits")).isZero();
    }

    @Test
    void a_creators_report_counts_once_and_not_where_the_market_resolves() {
        Client creator = Client.signalCreator();
        String quiet = creator.postSignal("{}");
        String symbol = Prices.freshSymbol();
        Prices.tick(symbol, "100");
        // Refused once the tick is known, since its stop is already crossed.
        await().atMost(TIMEOUT)
                .until(() -> creator.tryPostSignal(levels(symbol, "LONG", "120", "130", "110"))
                                .status()
                        == 409);
        String watched = creator.postSignal(levels(symbol, "LONG", "100", "110", "90"));

        assertThat(resolve(creator, watched, "hit", "111")).isEqualTo(409);
        assertThat(resolve(creator, watched, "miss", "90")).isEqualTo(409);
        assertThat(resolve(creator, quiet, "hit", null)).isEqualTo(200);
        assertThat(resolve(creator, quiet, "miss", null)).isEqualTo(409);
        assertThat(resolve(Client.signalCreator(), watched, "cancelled", null)).isEqualTo(403);
        assertThat(resolve(creator, watched, "cancelled", null)).isEqualTo(200);
    }

    @Test
    void levels_never_change_and_the_rationale_may_while_the_signal_is_active() {
        Client creator = Client.signalCreator();
        String id = creator.postSignal("{\"entryPrice\":\"100\",\"targetPrice\":\"110\",\"stopLoss\":\"95\"}");
        String path = "/v1/signals/" + id;

        JsonNode edited = creator.request("PATCH", path, "{\"rationale\":\"On second thought\",\"timeframe\":\"1D\"}");

        assertThat(edited.path("rationale").asText()).isEqualTo("On second thought");
        assertThat(edited.path("riskRewardRatio").asText()).isEqualTo("2");
        assertThat(creator.call("PATCH", path, "{\"targetPrice\":\"101\"}").status())
                .isEqualTo(400);
        assertThat(Client.signalCreator()
                        .call("PATCH", path, "{\"rationale\":\"Mine\"}")
                        .status())
                .isEqualTo(403);
        creator.resolve(id, "cancelled");
        assertThat(creator.call("PATCH", path, "{\"rationale\":\"Too late\"}").status())
                .isEqualTo(409);
    }

    @Test
    void a_signal_can_be_deleted_at_first_and_never_once_it_is_resolved() {
        Client creator = Client.signalCreator();
        String taken = creator.postSignal("{}");
        String resolved = creator.postSignal("{}");
        creator.resolve(resolved, "hit");
        await().atMost(TIMEOUT).until(() -> creator.stat("totalSignals") == 2);

        assertThat(Client.signalCreator()
                        .call("DELETE", "/v1/signals/" + taken, null)
                        .status())
                .isEqualTo(403);
        creator.request("DELETE", "/v1/signals/" + taken, null);

        assertThat(creator.call("GET", "/v1/signals/" + taken, null).status()).isEqualTo(404);
        assertThat(creator.call("DELETE", "/v1/signals/" + resolved, null).status())
                .isEqualTo(409);
        await().atMost(TIMEOUT).until(() -> creator.stat("totalSignals") == 1);
    }

    @Test
    void engagement_counts_are_exact_after_many_concurrent_requests() {
        // given
        Client creator = Client.signalCreator();
        String signal = creator.postSignal("{}");
        List<Client> fans = clients(20);

        // when each reacts twice, comments and views, and every fourth removes the reaction
        atOnce(IntStream.range(0, fans.size()).mapToObj(number -> () -> {
            Client fan = fans.get(number);
            react(fan, signal, "fire");
            react(fan, signal, "rocket");
            fan.request("POST", "/v1/signals/" + signal + "/comments", "{\"content\":\"Number " + number + "\"}");
            fan.request("POST", "/v1/signals/" + signal + "/views", null);
            if (number % 4 == 0) {
                fan.request("DELETE", "/v1/signals/" + signal + "/reaction", null);
            }
        }));

        // then
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(counts(signal)).isEqualTo("15 likes, 20 comments, 20 views"));
        JsonNode totals = Client.anonymous().request("GET", "/v1/signals/" + signal + "/reactions", null);
        assertThat(totals.path("rocket").asInt()).isEqualTo(15);
        assertThat(totals.path("fire").asInt()).isZero();
        assertThat(fans.get(1)
                        .request("GET", "/v1/signals/" + signal, null)
                        .path("myReaction")
                        .asText())
                .isEqualTo("rocket");

        // when the signal's creator removes a comment, its author another, and an unrelated client tries
        JsonNode comments = Client.anonymous().request("GET", "/v1/signals/" + signal + "/comments?limit=100", null);
        assertThat(comments.path("items")).hasSize(20);
        JsonNode first = comments.path("items").get(0);
        JsonNode second = comments.path("items").get(1);
        String path = "/v1/signals/" + signal + "/comments/";
        assertThat(Client.withProfile()
                        .call("DELETE", path + first.path("id").asText(), null)
                        .status())
                .isEqualTo(403);
        creator.request("DELETE", path + first.path("id").asText(), null);
        Client author = fans.stream()
                .filter(fan -> fan.id()
                        .toString()
                        .equals(second.at("/author/profileId").asText()))
                .findFirst()
                .orElseThrow();
        author.request("DELETE", path + second.path("id").asText(), null);

        // then
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(counts(signal)).isEqualTo("15 likes, 18 comments, 20 views"));
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_feed_holds_the_signals_of_followed_creators_until_the_unfollow() {
        // given
        Client reader = Client.withProfile();
        Client followed = Client.signalCreator();
        Client stranger = Client.signalCreator();
        String before = followed.postSignal("{}");
        stranger.postSignal("{}");

        // when
        reader.request("PUT", "/v1/follows/" + followed.id(), null);
        String after = followed.postSignal("{}");

        // then earlier signals are included, newest first
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(feed(reader)).containsExactly(after, before));

        // when
        followed.resolve(before, "miss");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(reader.request("GET", "/v1/feed?status=active", null)
                                .path("items"))
                        .hasSize(1));
        reader.request("DELETE", "/v1/follows/" + followed.id(), null);

        // then
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(feed(reader)).isEmpty());
        assertThat(Client.anonymous().call("GET", "/v1/feed", null).status()).isEqualTo(401);
    }

    @Test
    void a_trade_is_visible_to_its_owner_only_and_its_profit_is_computed() {
        Client trader = Client.withProfile();
        Client stranger = Client.withProfile();
        JsonNode opened =
                trader.request("POST", "/v1/trades", """
                {"asset":"BTC/USD","assetType":"crypto","direction":"SHORT","entryPrice":"64000","size":"0.5","leverage":"2",
                 "fees":"12.5","openedAt":"%s"}
                """.formatted(Instant.now().minusSeconds(60)));
        String path = "/v1/trades/" + opened.path("id").asText();

        JsonNode closed = trader.request("PATCH", path, "{\"exitPrice\":\"63000\"}");

        assertThat(closed.path("pnl").asText()).isEqualTo("500");
        assertThat(closed.path("netPnl").asText()).isEqualTo("487.5");
        assertThat(closed.path("pnlPercentage").asText()).isEqualTo("3.125");
        for (String method : List.of("GET", "DELETE")) {
            assertThat(stranger.call(method, path, null).status()).isEqualTo(404);
        }
        assertThat(stranger.call("PATCH", path, "{\"notes\":\"Mine\"}").status())
                .isEqualTo(404);
        assertThat(stranger.request("GET", "/v1/trades", null).path("items")).isEmpty();
        assertThat(trader.call("PATCH", path, "{\"pnl\":\"1000000\"}").status()).isEqualTo(400);
        JsonNode stats = trader.request("GET", "/v1/trades/stats", null);
        assertThat(stats.path("count").asInt()).isEqualTo(1);
        assertThat(stats.path("netPnl").asText()).isEqualTo("487.5");
    }

    @Test
    void a_journal_is_visible_only_while_it_is_public() {
        Client trader = Client.withProfile();
        Client reader = Client.withProfile();
        trader.request("POST", "/v1/trades", """
                {"asset":"SPY","assetType":"stocks","direction":"LONG","entryPrice":"500","size":"1","openedAt":"%s"}
                """.formatted(Instant.now().minusSeconds(60)));
        String journal = "/v1/trades/journal/" + trader.id();
        assertThat(reader.call("GET", journal, null).status()).isEqualTo(404);

        trader.request("PATCH", "/v1/profiles/me", "{\"journalPublic\":true}");
        await().atMost(TIMEOUT).until(() -> reader.call("GET", journal, null).status() == 200);
        assertThat(reader.request("GET", journal, null).path("items")).hasSize(1);

        trader.request("PATCH", "/v1/profiles/me", "{\"journalPublic\":false}");
        await().atMost(TIMEOUT).until(() -> reader.call("GET", journal, null).status() == 404);
    }

    @Test
    void a_watchlist_is_edited_by_role_and_keeps_one_owner() {
        // given
        Client owner = Client.withProfile();
        Client editor = Client.withProfile();
        Client viewer = Client.withProfile();
        Client stranger = Client.withProfile();
        String list = "/v1/watchlists/"
                + owner.request("POST", "/v1/watchlists", "{\"name\":\"Majors\"}")
                        .path("id")
                        .asText();
        owner.request("PUT", list + "/members/" + editor.id(), "{\"role\":\"editor\"}");
        owner.request("PUT", list + "/members/" + viewer.id(), "{\"role\":\"viewer\"}");
        assertThat(editor.call("GET", list, null).status()).isEqualTo(404);
        editor.request("POST", list + "/invitation/accept", null);
        viewer.request("POST", list + "/invitation/accept", null);

        // then
        editor.request("PUT", list + "/assets/BTC%2FUSD", null);
        assertThat(viewer.request("GET", list, null).at("/assets/0/symbol").asText())
                .isEqualTo("BTC/USD");
        assertThat(viewer.call("PUT", list + "/assets/SPY", null).status()).isEqualTo(403);
        assertThat(editor.call("PATCH", list, "{\"name\":\"Mine\"}").status()).isEqualTo(403);
        assertThat(editor.call("PUT", list + "/members/" + stranger.id(), "{\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(403);
        assertThat(stranger.call("GET", list, null).status()).isEqualTo(404);
        assertThat(owner.call("DELETE", list + "/members/" + owner.id(), null).status())
                .isEqualTo(409);

        // when
        viewer.request("DELETE", list + "/members/" + viewer.id(), null);

        // then
        assertThat(viewer.call("GET", list, null).status()).isEqualTo(404);
        owner.request("DELETE", list, null);
        assertThat(editor.call("GET", list, null).status()).isEqualTo(404);
    }

    private static String levels(String symbol, String direction, String entry, String target, String stop) {
        return "{\"assetSymbol\":\"%s\",\"direction\":\"%s\",\"entryPrice\":\"%s\",\"targetPrice\":\"%s\",\"stopLoss\":\"%s\"}"
                .formatted(symbol, direction, entry, target, stop);
    }

    private static JsonNode signal(String id) {
        return Client.anonymous().request("GET", "/v1/signals/" + id, null);
    }

    private static String status(String id) {
        return signal(id).path("status").asText();
    }

    private static int resolve(Client client, String signal, String status, String price) {
        String body = price == null
                ? "{\"status\":\"" + status + "\"}"
                : "{\"status\":\"" + status + "\",\"outcomePrice\":\"" + price + "\"}";
        return client.call("POST", "/v1/signals/" + signal + "/resolve", body).status();
    }

    private static long resolutionsOf(String signal, Client creator) {
        return Broker.records("tradosphere.signal.signals").stream()
                .filter(record -> creator.id().toString().equals(record.key()))
                .filter(record -> signal.equals(Broker.header(record, "ce_subject")))
                .filter(record -> "io.tradosphere.signal.resolved.v1".equals(Broker.header(record, "ce_type")))
                .count();
    }

    private static void react(Client client, String signal, String type) {
        client.request("PUT", "/v1/signals/" + signal + "/reaction", "{\"type\":\"" + type + "\"}");
    }

    private static String counts(String signal) {
        JsonNode shown = signal(signal);
        return "%d likes, %d comments, %d views"
                .formatted(
                        shown.path("likeCount").asInt(),
                        shown.path("commentCount").asInt(),
                        shown.path("viewCount").asInt());
    }

    private static List<String> feed(Client reader) {
        List<String> ids = new ArrayList<>();
        reader.request("GET", "/v1/feed", null)
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static List<Client> clients(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Client.withProfile())
                .toList();
    }

    private static void atOnce(Stream<Runnable> actions) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CompletableFuture.allOf(actions.map(deed -> CompletableFuture.runAsync(deed, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }
}
