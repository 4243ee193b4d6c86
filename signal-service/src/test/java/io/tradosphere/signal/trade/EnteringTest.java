package io.tradosphere.signal.trade;

import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.trade.TradeSteps.asksToEnter;
import static io.tradosphere.signal.trade.TradeSteps.closed;
import static io.tradosphere.signal.trade.TradeSteps.count;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.faults;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class EnteringTest {

    @Test
    void an_open_trade_is_entered_and_its_numbers_are_published() {
        TestUser trader = trader();
        Map<String, Object> trade = with(open(), "asset", "btc/usd");
        trade.put("leverage", 2);
        trade.put("fees", "1.50");
        trade.put("notes", "a secret");
        trade.put("tags", List.of("breakout", "a-setup"));
        trade.put("brokerName", "Binance");
        trade.put("brokerTradeId", "42");

        Response made = asksToEnter(trader, trade);

        made.then()
                .statusCode(201)
                .body("asset", equalTo("BTC/USD"))
                .body("entryPrice", equalTo("100"))
                .body("leverage", equalTo("2"))
                .body("fees", equalTo("1.5"))
                .body("tags", equalTo(List.of("breakout", "a-setup")))
                .body("exitPrice", nullValue())
                .body("pnl", nullValue())
                .body("netPnl", nullValue())
                .body("closedAt", nullValue())
                .body("closeReportedAt", nullValue())
                .body("createdAt", notNullValue());
        String id = made.path("id");
        assertThat(made.header("Location")).isEqualTo("/v1/trades/" + id);
        trader.asking()
                .get(made.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("notes", equalTo("a secret"));
        PublishedEvents published =
                PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened");
        TradeState state = published.event(0, TradeOpened.class).trade();
        assertThat(state.tradeId()).isEqualTo(UUID.fromString(id));
        assertThat(state.incarnation()).isEqualTo(1);
        assertThat(state.assetType()).isEqualTo(AssetType.CRYPTO);
        assertThat(state.direction()).isEqualTo(Direction.LONG);
        assertThat(state.fees()).isEqualTo(new BigDecimal("1.5"));
        assertThat(state.pnl()).isNull();
        assertThat(state.reportedAt()).isEqualTo(Instant.parse(made.path("createdAt")));
        assertThat("\"" + published.header(0, Envelope.SEQUENCE) + "\"").isEqualTo(made.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({
        // direction, entry, exit, size, leverage, fees, pnl, net, percent of the margin
        "LONG, 100, 110, 2, 1, 0, 20, 20, 10",
        "LONG, 64000, 65000, 0.5, 2, 12.5, 500, 487.5, 3.125",
        "SHORT, 100, 110, 2, 5, 1, -20, -21, -50",
        "SHORT, 100, 90, 0.1, 10, -0.25, 1, 1.25, 100",
        "LONG, 3, 3, 1, 1, 0, 0, 0, 0",
        "LONG, 3, 4, 1, 1, 0, 1, 1, 33.3333",
        "LONG, 0.00000001, 999999999999, 999999999999, 10000, 0, 999999999997999999990001.00000001, "
                + "999999999997999999990001.00000001, 99999999999899999999000000",
    })
    void a_trade_entered_closed_is_published_as_closed_with_its_profit(
            String direction,
            String entry,
            String exit,
            String size,
            String leverage,
            String fees,
            String pnl,
            String netPnl,
            String percentage) {
        TestUser trader = trader();
        Map<String, Object> trade = with(open(), "direction", direction);
        trade.put("entryPrice", entry);
        trade.put("exitPrice", exit);
        trade.put("size", size);
        trade.put("leverage", leverage);
        trade.put("fees", fees);

        Response made = asksToEnter(trader, trade);

        made.then()
                .statusCode(201)
                .body("pnl", equalTo(pnl))
                .body("netPnl", equalTo(netPnl))
                .body("pnlPercentage", equalTo(percentage))
                .body("closedAt", notNullValue())
                .body("closeReportedAt", notNullValue());
        PublishedEvents published =
                PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.closed");
        TradeState state = published.event(0, TradeClosed.class).trade();
        assertThat(state.netPnl()).isEqualByComparingTo(netPnl);
        assertThat(state.pnlPercentage()).isEqualByComparingTo(percentage);
        assertThat(state.reportedAt()).isEqualTo(Instant.parse(made.path("closeReportedAt")));
        assertThat("\"" + published.header(0, Envelope.SEQUENCE) + "\"").isEqualTo(made.header("ETag"));
    }

    @Test
    void missing_fields_default_to_now_without_leverage_and_fees() {
        Map<String, Object> trade = open();
        trade.remove("openedAt");
        Instant before = Instant.now().minusSeconds(5);

        Response made = asksToEnter(trader(), trade);

        made.then()
                .statusCode(201)
                .body("leverage", equalTo("1"))
                .body("fees", equalTo("0"))
                .body("tags", empty());
        assertThat(Instant.parse(made.path("openedAt")))
                .isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void profit_and_loss_cannot_be_set_by_the_client() {
        for (String field : List.of("pnl", "netPnl", "pnlPercentage", "closeReportedAt", "id", "userId", "createdAt")) {
            Response refused = asksToEnter(trader(), with(closed(), field, "1"));

            refused.then().statusCode(400);
            assertThat(faults(refused)).containsExactly(field);
        }
    }

    @Test
    void all_violations_are_reported_at_once_by_field() {
        Map<String, Object> trade = new HashMap<>();
        trade.put("asset", "BTC USD");
        trade.put("assetType", "art");
        trade.put("direction", "UP");
        trade.put("entryPrice", "0");
        trade.put("exitPrice", "-1");
        trade.put("size", "0.123456789");
        trade.put("leverage", "10000.01");
        trade.put("fees", "1e12");
        trade.put("notes", "x".repeat(10_001));
        trade.put("tags", List.of("a", "a"));
        trade.put("strategy", " ");
        trade.put("brokerName", "");
        trade.put("brokerTradeId", "a\nb");

        Response refused = asksToEnter(trader(), trade);

        refused.then().statusCode(400).body("type", equalTo(problem("invalid-request")));
        assertThat(faults(refused))
                .containsExactly(
                        "asset",
                        "assetType",
                        "brokerName",
                        "brokerTradeId",
                        "direction",
                        "entryPrice",
                        "exitPrice",
                        "fees",
                        "leverage",
                        "notes",
                        "size",
                        "strategy",
                        "tags");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z, 110, closedAt",
        "2026-01-02T00:00:00Z, 2026-01-03T00:00:00Z, , exitPrice",
        "2126-01-02T00:00:00Z, , , openedAt",
        "2026-01-02T00:00:00Z, 2126-01-02T00:00:00Z, 110, closedAt",
        "1899-12-31T23:59:59Z, , , openedAt",
        "-100000-01-01T00:00:00Z, , , openedAt",
        "+100000-01-01T00:00:00Z, , , openedAt",
        "yesterday, , , openedAt",
    })
    void impossible_times_are_refused_by_field(String openedAt, String closedAt, String exit, String fault) {
        Map<String, Object> trade = open();
        trade.put("openedAt", openedAt);
        trade.put("closedAt", closedAt);
        trade.put("exitPrice", exit);

        Response refused = asksToEnter(trader(), trade);

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly(fault);
    }

    @Test
    void a_broker_trade_id_without_a_broker_is_refused() {
        Response refused = asksToEnter(trader(), with(open(), "brokerTradeId", "42"));

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly("brokerName");
    }

    @Test
    void the_same_trade_of_a_broker_is_entered_once_also_when_it_comes_ten_times_at_once() {
        TestUser trader = trader();
        Callable<Integer> call =
                () -> asksToEnter(trader, with(with(open(), "brokerName", "Binance"), "brokerTradeId", "42"))
                        .statusCode();

        List<Integer> statuses = Concurrently.run(Collections.nCopies(10, call));

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        asksToEnter(trader, with(with(open(), "brokerName", "BINANCE"), "brokerTradeId", "42"))
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("trade-already-recorded")));
        asksToEnter(trader(), with(with(open(), "brokerName", "Binance"), "brokerTradeId", "42"))
                .then()
                .statusCode(201);
        assertThat(count(trader)).isOne();
        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened");
    }

    @Test
    void the_same_key_enters_once_and_for_another_trade_it_is_refused() {
        TestUser trader = trader();
        Map<String, Object> trade = closed();
        String key = UUID.randomUUID().toString();

        Response first =
                trader.asking().header("Idempotency-Key", key).body(trade).post("/v1/trades");
        Response again =
                trader.asking().header("Idempotency-Key", key).body(trade).post("/v1/trades");
        Response other = trader.asking()
                .header("Idempotency-Key", key)
                .body(with(trade, "size", "3"))
                .post("/v1/trades");

        first.then().statusCode(201);
        again.then().statusCode(201).header("Location", equalTo(first.header("Location")));
        other.then().statusCode(422);
        assertThat(count(trader)).isOne();
    }

    @Test
    void without_a_profile_or_a_token_nothing_is_entered() {
        asksToEnter(TestUser.stranger(), open())
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
        TestUser.nobody().body(open()).post("/v1/trades").then().statusCode(401);
    }

    @Test
    void a_profile_unknown_to_the_replica_counts() {
        TestUser fresh = TestUser.stranger();
        isKnownToProfileService(fresh, Tier.FREE);

        entered(fresh, open());

        assertThat(count(fresh)).isOne();
    }
}
