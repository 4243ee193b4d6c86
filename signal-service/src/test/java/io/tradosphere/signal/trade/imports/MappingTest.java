package io.tradosphere.signal.trade.imports;

import static io.tradosphere.signal.trade.TradeSteps.faults;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class MappingTest {

    private static final String FILE = """
            My trades of spring
            No,Ticker,Side,In,Out,Amount,Costs,Opened,Closed,size
            1,EURUSD,Sell,"1,105","1,095","1.000",-2,5/3/2026 10:00,6/3/2026 10:00,ignored
            """;

    @Test
    void a_file_is_read_as_the_users_own_mapping_says() {
        TestUser trader = trader();
        put(trader, "my sheet", mapping()).then().statusCode(204);

        importing(trader, "my%20sheet")
                .then()
                .statusCode(200)
                .body("format", equalTo("my sheet"))
                .body("rows", empty())
                .body("accepted", equalTo(1));
        trader.asking()
                .get("/v1/trades")
                .then()
                .body("items[0].direction", equalTo("SHORT"))
                .body("items[0].assetType", equalTo("forex"))
                .body("items[0].entryPrice", equalTo("1.105"))
                .body("items[0].size", equalTo("1000"))
                .body("items[0].fees", equalTo("2"))
                .body("items[0].openedAt", equalTo("2026-03-05T10:00:00Z"))
                .body("items[0].brokerTradeId", equalTo("1"));
        importing(trader, "my%20sheet").then().body("skipped", equalTo(1));
    }

    @Test
    void mappings_are_set_listed_and_deleted_by_their_owner() {
        TestUser trader = trader();
        put(trader, "a", mapping()).then().statusCode(204);
        put(trader, "b", mapping()).then().statusCode(204);
        Map<String, Object> changed = mapping();
        changed.remove("dateOrder");
        put(trader, "a", changed).then().statusCode(204);

        trader.asking()
                .get("/v1/trades/mappings")
                .then()
                .statusCode(200)
                .body("items.name", contains("b", "a"))
                .body("items[0].dateOrder", equalTo("day-first"))
                .body("items[1].dateOrder", nullValue())
                .body("items[1].fields[0].field", equalTo("brokerTradeId"));
        trader().asking().get("/v1/trades/mappings").then().body("items", empty());
        importing(trader(), "a").then().statusCode(400).body("detail", containsString("no mapping"));
        trader.asking().delete("/v1/trades/mappings/a").then().statusCode(204);
        trader.asking().delete("/v1/trades/mappings/a").then().statusCode(204);
        trader.asking().get("/v1/trades/mappings").then().body("items.name", contains("b"));
    }

    @Test
    void an_incomplete_or_contradictory_mapping_is_refused() {
        TestUser trader = trader();
        Map<String, Object> mapping = mapping();
        mapping.put("fields", List.of(column("asset", "Ticker")));
        assertThat(faults(put(trader, "a", mapping))).containsOnly("fields");
        List<Map<String, Object>> fields = new ArrayList<>(fields());
        fields.add(column("stopLoss", "In"));
        mapping.put("fields", fields);
        assertThat(faults(put(trader, "a", mapping))).containsExactly("fields");
        put(trader, "a", Map.of("fields", fields(), "decimalMark", "apostrophe"))
                .then()
                .statusCode(400);
        trader.asking().get("/v1/trades/mappings").then().body("items", empty());
    }

    @Test
    void a_file_without_the_columns_of_the_mapping_is_refused() {
        TestUser trader = trader();
        put(trader, "a", mapping());

        trader.asking()
                .contentType("text/csv")
                .body("Ticker,Side\nA,Buy")
                .post("/v1/trades/import?mapping=a")
                .then()
                .statusCode(400)
                .body("detail", containsString("ticker,Side"));
    }

    private static Response importing(TestUser trader, String mapping) {
        return trader.asking()
                .urlEncodingEnabled(false)
                .contentType("text/csv")
                .body(FILE)
                .post("/v1/trades/import?mapping=" + mapping);
    }

    private static Response put(TestUser trader, String name, Map<String, Object> mapping) {
        return trader.asking().body(mapping).put("/v1/trades/mappings/{name}", name);
    }

    private static Map<String, Object> mapping() {
        return new HashMap<>(
                Map.of("fields", fields(), "decimalMark", "comma", "dateOrder", "day-first", "negativeFees", true));
    }

    private static List<Map<String, Object>> fields() {
        return List.of(
                column("brokerTradeId", "No"),
                column("asset", "ticker"),
                column("direction", "Side"),
                column("entryPrice", "In"),
                column("exitPrice", "Out"),
                column("size", "Amount"),
                column("fees", "Costs"),
                column("openedAt", "Opened"),
                column("closedAt", "Closed"),
                Map.of("field", "assetType", "value", "forex"),
                Map.of("field", "brokerName", "value", "My broker"));
    }

    private static Map<String, Object> column(String field, String title) {
        return Map.of("field", field, "column", title);
    }
}
