package io.tradosphere.signal.trade.imports;

import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.trade.TradeSteps.asksToChange;
import static io.tradosphere.signal.trade.TradeSteps.asksToImport;
import static io.tradosphere.signal.trade.TradeSteps.closed;
import static io.tradosphere.signal.trade.TradeSteps.count;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.only;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ImportTest {

    @Test
    void trades_of_a_file_are_entered_and_each_is_published_with_its_version() {
        TestUser trader = trader();

        Response imported = asksToImport(trader, ImportFiles.METATRADER_5);

        imported.then()
                .statusCode(200)
                .body("format", equalTo("MetaTrader 5"))
                .body("accepted", equalTo(3))
                .body("skipped", equalTo(0))
                .body("rejected", equalTo(0))
                .body("rows", empty());
        trader.asking()
                .get("/v1/trades?asset=EURUSD.M")
                .then()
                .body("items", hasSize(1))
                .body("items[0].pnl", equalTo("-100"))
                .body("items[0].netPnl", equalTo("-103.75"))
                .body("items[0].brokerName", equalTo("MetaTrader 5"));
        PublishedEvents published = PublishedEvents.exactly(
                Topic.TRADES, trader.id().toString(), "trade.closed", "trade.closed", "trade.closed");
        for (int i = 0; i < 3; i++) {
            assertThat(Long.parseLong(published.header(i, Envelope.SEQUENCE)))
                    .isEqualTo(Sql.asSuperuser()
                            .number(
                                    "SELECT version FROM trades WHERE id = ?",
                                    published.event(i, TradeClosed.class).tradeId()));
        }
    }

    @Test
    void an_open_trade_of_our_own_format_is_published_as_opened() {
        TestUser trader = trader();

        asksToImport(
                        trader,
                        "asset,assetType,direction,entryPrice,size,openedAt\nSPY,stocks,LONG,500,1,2026-01-01 10:00")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));

        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened");
    }

    @Test
    void trades_already_in_the_journal_are_skipped_and_not_published_again() {
        TestUser trader = trader();
        entered(trader, with(with(closed(), "brokerName", "BINANCE"), "brokerTradeId", "T2"));
        asksToImport(trader, ImportFiles.own(3, 4)).then().body("accepted", equalTo(2));

        Response again = asksToImport(trader, ImportFiles.own(1, 5));

        again.then().statusCode(200).body("accepted", equalTo(2)).body("skipped", equalTo(3));
        assertThat(again.jsonPath().getList("rows.line", Integer.class)).containsExactly(3, 4, 5);
        assertThat(again.jsonPath().getList("rows.result", String.class)).containsOnly("skipped");
        assertThat(again.jsonPath().getList("rows.reason", String.class)).containsOnly("is in the journal already");
        assertThat(count(trader)).isEqualTo(5);
        assertThat(PublishedEvents.of(Topic.TRADES, trader.id().toString()).types())
                .hasSize(5);
    }

    @Test
    void bad_lines_are_refused_by_number_and_the_others_go_in() {
        TestUser trader = trader();
        String future = Instant.now().plusSeconds(86_400).toString();

        Response imported = asksToImport(
                trader,
                ImportFiles.own(
                        "BTC/USD,crypto,LONG,100,110,1,,Binance,1,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                        "BTC/USD,crypto,LONG,100,x,1,,Binance,2,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z",
                        "BTC/USD,crypto,LONG,100,110,1,,Binance,3,2026-01-03T00:00:00Z,2026-01-02T00:00:00Z",
                        "BTC/USD,crypto,LONG,100,110,1,,Binance,4,2026-01-01T00:00:00Z," + future,
                        "BTC/USD,crypto,LONG,100,,1,,,5,2026-01-01T00:00:00Z,"));

        imported.then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected", equalTo(4))
                .body("rows[0].line", equalTo(3))
                .body("rows[0].result", equalTo("rejected"))
                .body("rows[0].reason", equalTo("exitPrice is not a number"))
                .body("rows[1].reason", equalTo("closedAt is not before openedAt"))
                .body("rows[2].reason", equalTo("closedAt is not in the future"))
                .body("rows[3].reason", equalTo("brokerName is required with brokerTradeId"));
        assertThat(count(trader)).isOne();
    }

    @Test
    void thousands_of_trades_go_in_at_once_in_the_order_of_the_file() {
        TestUser trader = trader();

        asksToImport(trader, ImportFiles.own(1, 6_000)).then().statusCode(200).body("accepted", equalTo(6_000));

        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT broker_trade_id FROM trades WHERE user_id = ? ORDER BY version LIMIT 3",
                                trader.id()))
                .containsExactly("T1", "T2", "T3");
        assertThat(PublishedEvents.of(Topic.TRADES, trader.id().toString()).types())
                .hasSize(6_000);
    }

    @Test
    void two_imports_at_once_of_the_same_trades_in_other_orders_enter_each_once() {
        TestUser trader = trader();
        List<String> lines = ImportFiles.own(1, 1_500).lines().skip(1).collect(Collectors.toList());
        Collections.reverse(lines);
        String backwards = ImportFiles.own(lines.toArray(String[]::new));
        Callable<Integer> forth = () -> accepted(asksToImport(trader, ImportFiles.own(1, 1_500)));
        Callable<Integer> back = () -> accepted(asksToImport(trader, backwards));

        List<Integer> accepted = Concurrently.run(List.of(forth, back));

        assertThat(accepted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_500);
        assertThat(count(trader)).isEqualTo(1_500);
        assertThat(PublishedEvents.of(Topic.TRADES, trader.id().toString()).types())
                .hasSize(1_500);
    }

    @Test
    void the_same_key_imports_once_and_repeats_the_response() {
        TestUser trader = trader();
        String key = UUID.randomUUID().toString();
        Callable<Response> call = () -> trader.asking()
                .contentType("text/csv")
                .header("Idempotency-Key", key)
                .body(ImportFiles.TOPSTEPX)
                .post("/v1/trades/import");

        List<Response> answers = Concurrently.run(List.of(call, call));

        answers.forEach(answer -> answer.then().statusCode(200).body("accepted", equalTo(2)));
        assertThat(count(trader)).isEqualTo(2);
        trader.asking()
                .contentType("text/csv")
                .header("Idempotency-Key", key)
                .body(ImportFiles.TRADOVATE)
                .post("/v1/trades/import")
                .then()
                .statusCode(422);
    }

    @Test
    void the_brokers_profit_is_kept_until_the_trade_is_corrected() {
        TestUser trader = trader();
        asksToImport(
                        trader,
                        ImportFiles.METATRADER_5
                                .replace("182.78", "182.77")
                                .replace("40000,0,0,0.00", "40010,-0.07,0,0.00"))
                .then()
                .body("accepted", equalTo(3));

        trader.asking()
                .get("/v1/trades?asset=US30")
                .then()
                .body("items[0].pnl", equalTo("0"))
                .body("items[0].brokerPnl", equalTo("0"))
                .body("items[0].netPnl", equalTo("-0.07"));
        // 3.36 - 0.08, -100 - 3.75 and 0 - 0.07. No size of 8 decimals makes 3.36 of a move of 3.37.
        trader.asking()
                .get("/v1/trades/stats")
                .then()
                .body("netPnl", equalTo("-100.54"))
                .body("winRate", equalTo(33.33f));
        String trade = trader.asking().get("/v1/trades?asset=US30").path("items[0].id");
        asksToChange(trader, trade, only("notes", "nothing gained")).then().body("brokerPnl", equalTo("0"));
        asksToChange(trader, trade, only("exitPrice", "40000")).then().body("brokerPnl", nullValue());
    }

    @Test
    void what_an_import_would_do_is_shown_and_nothing_is_stored() {
        TestUser trader = trader();
        asksToImport(trader, ImportFiles.own(1, 1));

        trader.asking()
                .contentType("text/csv")
                .body(ImportFiles.own(1, 3) + "\n1,2,3")
                .post("/v1/trades/import?dryRun=true")
                .then()
                .statusCode(200)
                .body("importId", nullValue())
                .body("accepted", equalTo(2))
                .body("skipped", equalTo(1))
                .body("rejected", equalTo(1))
                .body("trades.line", contains(3, 4))
                .body("trades[0].entryPrice", equalTo("100"));

        assertThat(count(trader)).isOne();
        assertThat(PublishedEvents.of(Topic.TRADES, trader.id().toString()).types())
                .hasSize(1);
    }

    @Test
    void an_import_is_listed_and_taken_back_whole_until_one_of_its_trades_is_changed() {
        TestUser trader = trader();
        entered(trader, closed());
        String first = asksToImport(trader, ImportFiles.own(1, 1_200)).path("importId");
        String second = asksToImport(trader, ImportFiles.own(1_201, 1_202)).path("importId");
        asksToImport(trader, ImportFiles.own(1, 1)).then().body("importId", nullValue());

        trader.asking()
                .get("/v1/trades/imports")
                .then()
                .body("items.id", contains(second, first))
                .body("items.accepted", contains(2, 1_200))
                .body("items[0].format", equalTo("TradoSphere"));
        trader().asking().delete("/v1/trades/imports/{id}", first).then().statusCode(404);
        trader.asking().delete("/v1/trades/imports/{id}", first).then().statusCode(204);
        trader.asking().delete("/v1/trades/imports/{id}", first).then().statusCode(404);
        assertThat(count(trader)).isEqualTo(3);
        String changed = trader.asking().get("/v1/trades?limit=1&to=2026-01-02").path("items[0].id");
        asksToChange(trader, changed, only("notes", "mine now"));
        trader.asking().delete("/v1/trades/imports/{id}", second).then().statusCode(409);

        assertThat(count(trader)).isEqualTo(3);
        assertThat(Collections.frequency(
                        PublishedEvents.of(Topic.TRADES, trader.id().toString()).types(), "trade.deleted"))
                .isEqualTo(1_200);
    }

    @Test
    void a_file_is_read_by_its_declared_charset_whatever_it_is_called() {
        TestUser trader = trader();
        byte[] file =
                "asset;assetType;direction;entryPrice;size;openedAt;notes\nALV.DE;stocks;LONG;250,10;5;2026-02-03 10:00;Rücklage"
                        .getBytes(Charset.forName("windows-1252"));

        for (String type : List.of("text/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream")) {
            trader.asking()
                    .contentType(type + "; charset=windows-1252")
                    .body(file)
                    .post("/v1/trades/import")
                    .then()
                    .statusCode(200)
                    .body("accepted", equalTo(1));
        }
        trader.asking().get("/v1/trades").then().body("items.notes", everyItem(equalTo("Rücklage")));
    }

    @Test
    void a_file_without_trades_is_refused_with_a_reason() {
        TestUser trader = trader();

        asksToImport(trader, "a,b,c\n1,2,3")
                .then()
                .statusCode(400)
                .body("type", equalTo(problem("unknown-import-format")))
                .body("detail", containsString("MetaTrader 5"));
        asksToImport(trader, "").then().statusCode(400);
        asksToImport(trader, new byte[] {'a', (byte) 0xc3, 0x28}).then().statusCode(400);
        asksToImport(trader, ImportFiles.own(1, 1) + "\u0000")
                .then()
                .statusCode(200)
                .body("rejected", equalTo(1));
        asksToImport(trader, ImportFiles.OWN_HEADER + "\n" + ("\n" + "x".repeat(1_000)).repeat(1_100))
                .then()
                .statusCode(413)
                .body("type", equalTo(problem("body-too-large")));
        trader.asking()
                .contentType("text/csv")
                .body("x")
                .post("/v1/trades/import?timeZone=Mars")
                .then()
                .statusCode(400);
        trader.asking()
                .contentType("application/xml")
                .body("x")
                .post("/v1/trades/import")
                .then()
                .statusCode(415)
                .body("detail", containsString("text/csv"));
        trader.asking().get("/v1/trades/import").then().statusCode(405);
        assertThat(count(trader)).isZero();
    }

    @Test
    void importing_requires_a_token_and_a_profile() {
        asksToImport(TestUser.stranger(), ImportFiles.own(1, 1))
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
        TestUser.nobody()
                .contentType("text/csv")
                .body(ImportFiles.own(1, 1))
                .post("/v1/trades/import")
                .then()
                .statusCode(401);
        TestUser fresh = TestUser.stranger();
        isKnownToProfileService(fresh, Tier.FREE);
        asksToImport(fresh, ImportFiles.own(1, 1)).then().statusCode(200).body("accepted", equalTo(1));
    }

    private static int accepted(Response imported) {
        return imported.then().statusCode(200).extract().path("accepted");
    }
}
