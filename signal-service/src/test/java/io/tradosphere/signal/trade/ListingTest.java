package io.tradosphere.signal.trade;

import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.faults;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ListingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=20                                        | eth late btc early",
                "asset=btc/usd                                   | btc early",
                "asset=BTC%2FUSD                                 | btc early",
                "asset=DOGE                                      | ''",
                "tag=swing                                       | late early",
                "tag=swin                                        | ''",
                "strategy=breakout                               | btc",
                "open=true                                       | eth late",
                "open=false                                      | btc early",
                "from=2026-03-02                                 | eth late btc",
                "from=2026-03-02T10:00:00Z                       | eth late btc",
                "from=2026-03-02T10:00:00.000001Z                | eth late",
                "to=2026-03-02                                   | btc early",
                "to=2026-03-02T10:00:00Z                         | early",
                "from=2026-03-02&to=2026-03-02                   | btc",
                "from=2026-03-02&timeZone=Pacific/Auckland       | eth late btc",
                "to=2026-03-02&timeZone=Pacific/Kiritimati       | early",
                "asset=BTC/USD&tag=swing&open=false&strategy=&to=2027-01-01 | early",
            })
    void filters_narrow_the_list_which_begins_with_the_newest_opened(String query, String expected) {
        TestUser trader = trader();
        entered(trader, trade("btc", "BTC/USD", "2026-03-02T10:00:00Z", "110", List.of(), "breakout"));
        entered(trader, trade("late", "SPY", "2026-03-03T10:00:00Z", null, List.of("swing", "x"), null));
        entered(trader, trade("early", "BTC/USD", "2026-03-01T10:00:00Z", "110", List.of("swing"), null));
        entered(trader, trade("eth", "ETH/USD", "2026-03-04T10:00:00Z", null, List.of(), null));

        Response listed = trader.asking().urlEncodingEnabled(false).get("/v1/trades?" + query);

        listed.then().statusCode(200).body("nextCursor", nullValue());
        assertThat(String.join(" ", listed.jsonPath().getList("items.notes", String.class)))
                .isEqualTo(expected);
    }

    @Test
    void pages_go_on_where_the_last_one_ended_also_among_trades_of_one_instant() {
        TestUser trader = trader();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(entered(trader, with(open(), "openedAt", "2026-03-01T10:00:00Z")));
        }
        entered(trader(), open());
        Collections.reverse(all);

        List<String> seen = new ArrayList<>();
        String next = "/v1/trades?limit=2&asset=BTC%2FUSD&to=2026-03-02";
        while (next != null) {
            Response page = trader.asking().urlEncodingEnabled(false).get(next);
            seen.addAll(page.jsonPath().getList("items.id", String.class));
            String link = page.header("Link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        assertThat(seen).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "open=maybe, open",
        "timeZone=Mars, timeZone",
        "status=open, status",
        "from=yesterday, from",
        "to=2026-02-30, to",
        "from=%2B10000-01-01T00:00:00Z, from",
        "limit=0, limit",
        "tag=a%00, tag",
    })
    void an_invalid_filter_is_refused_by_field(String query, String fault) {
        Response refused = trader().asking().urlEncodingEnabled(false).get("/v1/trades?" + query);

        refused.then().statusCode(400);
        assertThat(faults(refused)).containsExactly(fault);
    }

    @Test
    void without_a_token_there_is_no_list() {
        TestUser.nobody().get("/v1/trades").then().statusCode(401);
        trader().asking().get("/v1/trades?cursor=nonsense").then().statusCode(400);
    }

    private static Map<String, Object> trade(
            String notes, String asset, String openedAt, String exit, List<String> tags, String strategy) {
        Map<String, Object> trade = with(with(with(open(), "notes", notes), "asset", asset), "openedAt", openedAt);
        trade.put("exitPrice", exit);
        trade.put("tags", tags);
        trade.put("strategy", strategy);
        return trade;
    }
}
