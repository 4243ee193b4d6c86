package io.tradosphere.signal.trade;

import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.trade.TradeSteps.asksToChange;
import static io.tradosphere.signal.trade.TradeSteps.asksToEnter;
import static io.tradosphere.signal.trade.TradeSteps.closed;
import static io.tradosphere.signal.trade.TradeSteps.count;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.faults;
import static io.tradosphere.signal.trade.TradeSteps.only;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ChangingTest {

    @Test
    void an_exit_price_closes_the_trade_now_and_its_profit_is_published() {
        TestUser trader = trader();
        String trade = entered(trader, with(with(open(), "fees", "12.5"), "leverage", 2));

        Response closed = asksToChange(trader, trade, only("exitPrice", "110"));

        closed.then()
                .statusCode(200)
                .body("pnl", equalTo("20"))
                .body("netPnl", equalTo("7.5"))
                .body("pnlPercentage", equalTo("20"));
        assertThat(Instant.parse(closed.path("closedAt"))).isAfter(Instant.now().minusSeconds(60));
        PublishedEvents published =
                PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened", "trade.closed");
        TradeState state = published.event(1, TradeClosed.class).trade();
        assertThat(state.netPnl()).isEqualByComparingTo("7.5");
        assertThat(state.reportedAt()).isEqualTo(Instant.parse(closed.path("closeReportedAt")));
        assertThat("\"" + published.header(1, Envelope.SEQUENCE) + "\"").isEqualTo(closed.header("ETag"));
    }

    @Test
    void a_closing_may_lie_in_the_past_but_is_reported_now() {
        TestUser trader = trader();
        String trade = entered(trader, with(open(), "openedAt", "2026-01-01T00:00:00Z"));

        Response closed = asksToChange(
                trader, trade, with(only("exitPrice", "90"), "closedAt", "2026-01-02T03:04:05.123456789Z"));

        closed.then().statusCode(200).body("closedAt", equalTo("2026-01-02T03:04:05.123456Z"));
        assertThat(Instant.parse(closed.path("closeReportedAt")))
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void a_correction_of_a_closed_trade_is_published_and_keeps_its_close_report() {
        TestUser trader = trader();
        Response made = asksToEnter(trader, closed());

        Response corrected = asksToChange(trader, made.path("id"), only("entryPrice", "105"));

        corrected
                .then()
                .statusCode(200)
                .body("pnl", equalTo("10"))
                .body("closedAt", equalTo(made.path("closedAt")))
                .body("closeReportedAt", equalTo(made.path("closeReportedAt")));
        PublishedEvents published =
                PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.closed", "trade.corrected");
        TradeCorrected correction = published.event(1, TradeCorrected.class);
        assertThat(correction.trade().pnl()).isEqualByComparingTo("10");
        assertThat(correction.correctedAt()).isEqualTo(Instant.parse(corrected.path("updatedAt")));
        assertThat("\"" + published.header(1, Envelope.SEQUENCE) + "\"").isEqualTo(corrected.header("ETag"));
    }

    @Test
    void a_trade_without_its_exit_price_is_reopened_and_can_be_closed_again() {
        TestUser trader = trader();
        String trade = entered(trader, closed());

        asksToChange(trader, trade, only("exitPrice", null))
                .then()
                .statusCode(200)
                .body("exitPrice", nullValue())
                .body("closedAt", nullValue())
                .body("pnl", nullValue())
                .body("closeReportedAt", nullValue());
        asksToChange(trader, trade, only("exitPrice", "120"))
                .then()
                .statusCode(200)
                .body("pnl", equalTo("40"));

        PublishedEvents published = PublishedEvents.exactly(
                Topic.TRADES, trader.id().toString(), "trade.closed", "trade.corrected", "trade.closed");
        assertThat(published.event(1, TradeCorrected.class).trade().closedAt()).isNull();
    }

    @Test
    void changes_of_notes_and_levels_are_not_published() {
        TestUser trader = trader();
        Response made = asksToEnter(trader, with(open(), "tags", List.of("old")));
        Map<String, Object> patch = only("notes", "first\nsecond 😀");
        patch.put("tags", null);
        patch.put("strategy", "breakout");
        patch.put("stopLoss", "90");
        patch.put("brokerName", "Binance");

        Response changed = asksToChange(trader, made.path("id"), patch);

        changed.then()
                .statusCode(200)
                .header("ETag", not(equalTo(made.header("ETag"))))
                .body("notes", equalTo("first\nsecond 😀"))
                .body("tags", empty())
                .body("strategy", equalTo("breakout"))
                .body("stopLoss", equalTo("90"))
                .body("entryPrice", equalTo("100"));
        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened");
    }

    @Test
    void a_patch_that_changes_nothing_changes_no_version() {
        TestUser trader = trader();
        Response made = asksToEnter(trader, closed());

        asksToChange(trader, made.path("id"), with(only("asset", "btc/usd"), "size", 2.00))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")));

        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.closed");
    }

    @Test
    void a_change_with_a_stale_version_is_refused() {
        TestUser trader = trader();
        Response made = asksToEnter(trader, open());
        String trade = made.path("id");
        asksToChange(trader, trade, only("notes", "newer"));

        trader.asking()
                .header("If-Match", made.header("ETag"))
                .body(only("notes", "older"))
                .patch("/v1/trades/{id}", trade)
                .then()
                .statusCode(412)
                .body("type", equalTo(problem("stale")));

        trader.asking()
                .get("/v1/trades/{id}", trade)
                .then()
                .header("ETag", notNullValue())
                .body("notes", equalTo("newer"));
    }

    @Test
    void of_ten_concurrent_closings_of_one_version_one_succeeds() {
        TestUser trader = trader();
        Response made = asksToEnter(trader, open());
        Callable<Integer> close = () -> trader.asking()
                .header("If-Match", made.header("ETag"))
                .body(only("exitPrice", "110"))
                .patch("/v1/trades/{id}", made.<String>path("id"))
                .statusCode();

        List<Integer> statuses = Concurrently.run(Collections.nCopies(10, close));

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened", "trade.closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"closedAt", "leverage", "fees"})
    void null_never_falls_to_a_default(String field) {
        TestUser trader = trader();
        Response made = asksToEnter(trader, closed());

        Response refused = asksToChange(trader, made.path("id"), only(field, null));

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly(field);
        trader.asking()
                .get("/v1/trades/{id}", made.<String>path("id"))
                .then()
                .header("ETag", equalTo(made.header("ETag")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asset", "assetType", "direction", "entryPrice", "size", "openedAt"})
    void what_a_trade_must_have_cannot_be_taken_away(String field) {
        TestUser trader = trader();

        Response refused = asksToChange(trader, entered(trader, open()), only(field, null));

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly(field);
    }

    @Test
    void what_is_computed_or_unknown_cannot_be_patched() {
        TestUser trader = trader();
        String trade = entered(trader, open());

        for (String field : List.of("pnl", "netPnl", "closeReportedAt", "id", "nonsense")) {
            Response refused = asksToChange(trader, trade, only(field, "1"));
            refused.then().statusCode(400);
            assertThat(faults(refused)).containsExactly(field);
        }
        trader.asking().body("[]").patch("/v1/trades/{id}", trade).then().statusCode(400);
        asksToChange(trader, trade, only("closedAt", "2026-01-01T00:00:00Z"))
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "-1",
                "1e400",
                "1e999999999",
                "1e-20",
                "[]",
                "{}",
                "[null]",
                "[[\"a\"]]",
                "{\"a\":1}",
                "\"\"",
                "\" \"",
                "\"NaN\"",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "\"2026-13-45T99:99:99Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "99999999999999999999999999999999999999999999"
            })
    void any_patch_of_a_field_is_applied_or_refused_and_never_fails(String value) {
        TestUser trader = trader();
        String trade = entered(trader, with(closed(), "brokerName", "Binance"));
        List<String> fields = new ArrayList<>(open().keySet());
        fields.addAll(List.of("exitPrice", "stopLoss", "takeProfit", "leverage", "fees", "notes", "tags", "strategy"));
        fields.addAll(List.of("brokerName", "brokerTradeId", "closedAt"));

        for (String field : fields) {
            int status = trader.asking()
                    .body("{\"" + field + "\":" + value + "}")
                    .patch("/v1/trades/{id}", trade)
                    .statusCode();
            assertThat(status).as(field).isIn(200, 400);
        }
    }

    @Test
    void a_trade_cannot_become_one_that_the_journal_has_already() {
        TestUser trader = trader();
        entered(trader, with(with(open(), "brokerName", "Binance"), "brokerTradeId", "1"));
        String other = entered(trader, open());

        asksToChange(trader, other, with(only("brokerName", "binance"), "brokerTradeId", "1"))
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("trade-already-recorded")));
    }

    @Test
    void a_deleted_trade_is_not_found_and_no_longer_counts() {
        TestUser trader = trader();
        String trade = entered(trader, closed());

        trader.asking().delete("/v1/trades/{id}", trade).then().statusCode(204);
        trader.asking().delete("/v1/trades/{id}", trade).then().statusCode(404);

        assertThat(count(trader)).isZero();
        PublishedEvents published =
                PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.closed", "trade.deleted");
        assertThat(published.event(1, TradeDeleted.class).tradeId()).isEqualTo(UUID.fromString(trade));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_trade_of_another_profile_is_not_found_even_in_a_public_journal(boolean isPublic) {
        TestUser trader = trader();
        TestUser other = trader();
        String trade = entered(trader, closed());
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO journals (profile_id, is_public, incarnation, sequence) VALUES (?, ?, 1, 1)",
                        trader.id(),
                        isPublic);

        other.asking().get("/v1/trades/{id}", trade).then().statusCode(404);
        asksToChange(other, trade, only("notes", "mine")).then().statusCode(404);
        other.asking().delete("/v1/trades/{id}", trade).then().statusCode(404);
        TestUser.nobody().get("/v1/trades/{id}", trade).then().statusCode(401);

        other.asking().get("/v1/trades").then().statusCode(200).body("items", empty());
        assertThat(count(trader)).isOne();
    }

    @Test
    void a_closing_before_the_opening_is_refused_and_nothing_is_published() {
        TestUser trader = trader();
        Map<String, Object> patch = new HashMap<>(only("exitPrice", "110"));
        patch.put("closedAt", "2020-01-01T00:00:00Z");

        Response refused = asksToChange(trader, entered(trader, open()), patch);

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly("closedAt");
        PublishedEvents.exactly(Topic.TRADES, trader.id().toString(), "trade.opened");
    }
}
