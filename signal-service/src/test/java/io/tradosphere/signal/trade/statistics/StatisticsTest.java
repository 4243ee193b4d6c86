package io.tradosphere.signal.trade.statistics;

import static io.tradosphere.signal.trade.TradeSteps.asksToImport;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.faults;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class StatisticsTest {

    private static final int DAYS = 90;

    @Test
    void closed_trades_add_up_and_open_ones_and_those_of_others_do_not_count() {
        TestUser trader = trader();
        entered(trader, closedAt("2026-03-01T10:00:00Z", "110", "stocks"));
        entered(trader, closedAt("2026-03-02T10:00:00Z", "95", "stocks"));
        entered(trader, open());
        entered(trader(), closedAt("2026-03-02T10:00:00Z", "500", "crypto"));

        stats(trader, "from=2026-03-01&to=2026-03-02&base=100")
                .then()
                .statusCode(200)
                .body("count", equalTo(2))
                .body("winRate", equalTo(50.0f))
                .body("profitFactor", equalTo(2.0f))
                .body("expectancy", equalTo("2.5"))
                .body("netPnl", equalTo("5"))
                .body("maxDrawdown", equalTo(4.5455f))
                // Returns of 0.1 and -5/110: their mean over their sample deviation, by √252.
                .body("sharpeRatio", equalTo(4.2094f))
                .body(
                        "equityCurve",
                        equalTo(List.of(
                                Map.of("day", "2026-03-01", "netPnl", "10", "equity", "110"),
                                Map.of("day", "2026-03-02", "netPnl", "-5", "equity", "105"))));
    }

    @Test
    void a_period_counts_what_was_closed_in_it_and_base_is_ten_thousand_unless_said() {
        TestUser trader = trader();
        for (String day : List.of("01", "02", "03", "04")) {
            entered(trader, closedAt("2026-03-" + day + "T00:00:00Z", "110", "crypto"));
        }

        stats(trader, "from=2026-03-02&to=2026-03-03")
                .then()
                .body("count", equalTo(2))
                .body("equityCurve[0].equity", equalTo("10010"));
        stats(trader, "from=2026-03-02T00:00:00.000001Z&to=2026-03-04T00:00:00Z")
                .then()
                .body("count", equalTo(1));
        stats(trader, "from=2030-01-01").then().body("count", equalTo(0)).body("sharpeRatio", nullValue());
        stats(trader, "").then().body("count", equalTo(4)).body("sharpeRatio", notNullValue());
    }

    @Test
    void days_are_those_of_the_time_zone_that_is_asked_for() {
        TestUser trader = trader();
        entered(trader, closedAt("2026-02-05T01:40:00Z", "110", "futures"));
        entered(trader, closedAt("2026-02-05T15:00:00Z", "95", "futures"));

        stats(trader, "timeZone=America/New_York")
                .then()
                .body("equityCurve.day", equalTo(List.of("2026-02-04", "2026-02-05")));
        stats(trader, "timeZone=America/New_York&to=2026-02-04").then().body("netPnl", equalTo("10"));
        stats(trader, "from=2026-02-05").then().body("count", equalTo(2)).body("equityCurve", hasSize(1));
    }

    @Test
    void figures_are_of_exact_profits_and_rounded_once() {
        TestUser trader = trader();
        for (int i = 0; i < 3; i++) {
            Map<String, Object> trade = closedAt("2026-02-05T01:40:00Z", "100.00000001", "crypto");
            trade.put("size", "0.4");
            entered(trader, trade);
        }

        // Three times 0.000000004, each of which would be rounded to 0.
        stats(trader, "").then().body("netPnl", equalTo("0.00000001")).body("winRate", equalTo(100.0f));
    }

    @Test
    void an_empty_journal_has_nothing_to_measure() {
        stats(trader(), "")
                .then()
                .statusCode(200)
                .body("count", equalTo(0))
                .body("netPnl", equalTo("0"))
                .body("maxDrawdown", equalTo(0.0f))
                .body("winRate", nullValue())
                .body("profitFactor", nullValue())
                .body("expectancy", nullValue())
                .body("sharpeRatio", nullValue())
                .body("equityCurve", empty());
    }

    @Test
    void statistics_of_thousands_of_trades_equal_those_computed_by_the_database() {
        TestUser trader = trader();
        asksToImport(trader, randomTrades(5_000)).then().statusCode(200).body("accepted", equalTo(5_000));

        JsonPath stats = stats(trader, "from=2026-01-01&to=2026-03-31")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(stats.getLong("count")).isEqualTo(5_000);
        assertThat(stats.getString("netPnl"))
                .isEqualTo(text("SELECT trim_scale(sum(net_pnl))::text FROM trades WHERE user_id = ?", trader));
        assertThat(stats.getDouble("winRate"))
                .isEqualTo(number(
                        "SELECT round(100.0 * avg((net_pnl > 0)::int), 2) FROM trades WHERE user_id = ?", trader));
        assertThat(stats.getDouble("profitFactor"))
                .isEqualTo(number(
                        "SELECT round(sum(net_pnl) FILTER (WHERE net_pnl > 0) / -sum(net_pnl) FILTER (WHERE net_pnl < 0), 4) FROM trades WHERE user_id = ?",
                        trader));
        assertThat(stats.getDouble("maxDrawdown")).isCloseTo(number("""
                SELECT 100 * max((peak - equity) / peak) FROM (
                  SELECT equity, greatest(10000, max(equity) OVER (ORDER BY closed_at)) AS peak FROM (
                    SELECT closed_at, 10000 + sum(sum(net_pnl)) OVER (ORDER BY closed_at) AS equity
                    FROM trades WHERE user_id = ? GROUP BY closed_at) e) p
                """, trader), offset(0.0001));
        assertThat(stats.getDouble("sharpeRatio")).isCloseTo(number("""
                SELECT sqrt(365) * avg(r) / stddev_samp(r) FROM (
                  SELECT pnl / (10000 + coalesce(sum(pnl) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS r
                  FROM (
                    SELECT day, coalesce(sum(net_pnl), 0) AS pnl
                    FROM generate_series(date '2026-01-01', date '2026-03-31', interval '1 day') AS day
                      LEFT JOIN trades ON user_id = ? AND (closed_at AT TIME ZONE 'UTC')::date = day::date GROUP BY day) d) t
                """, trader), offset(0.0001));
        assertThat(stats.getList("equityCurve")).hasSizeLessThanOrEqualTo(DAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "base=0, base",
        "base=-5, base",
        "base=NaN, base",
        "base=1e12, base",
        "base=0.000000001, base",
        "from=yesterday, from",
        "timeZone=Mars, timeZone",
        "zone=UTC, zone",
        "to=2026-13-01, to",
        "from=2026-03-02&to=2026-03-01, to",
        "from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z, to",
    })
    void an_invalid_period_is_refused_by_field(String query, String fault) {
        Response refused = stats(trader(), query);

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly(fault);
    }

    @Test
    void without_a_token_nothing_is_measured() {
        TestUser.nobody().get("/v1/trades/stats").then().statusCode(401);
    }

    private static Response stats(TestUser person, String query) {
        return person.asking().urlEncodingEnabled(false).get("/v1/trades/stats" + (query.isEmpty() ? "" : "?" + query));
    }

    private static Map<String, Object> closedAt(String closedAt, String exit, String assetType) {
        Map<String, Object> trade = with(open(), "openedAt", "2026-02-01T00:00:00Z");
        trade.put("size", "1");
        trade.put("assetType", assetType);
        trade.put("closedAt", closedAt);
        trade.put("exitPrice", exit);
        return trade;
    }

    private static String randomTrades(int count) {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("asset,assetType,direction,entryPrice,exitPrice,size,openedAt,closedAt");
        for (int i = 0; i < count; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%nBTC/USD,crypto,%s,100,%.4f,0.1,2025-12-31T00:00:00Z,2026-%02d-%02dT%02d:%02d:00Z",
                    random.nextBoolean() ? "LONG" : "SHORT",
                    100 + random.nextGaussian() * 10,
                    1 + random.nextInt(3),
                    1 + random.nextInt(28),
                    random.nextInt(24),
                    random.nextInt(60)));
        }
        return csv.toString();
    }

    private static String text(String sql, TestUser person) {
        return Sql.asSuperuser().column(sql, person.id()).get(0).toString();
    }

    private static double number(String sql, TestUser person) {
        return ((Number) Sql.asSuperuser().column(sql, person.id()).get(0)).doubleValue();
    }
}
