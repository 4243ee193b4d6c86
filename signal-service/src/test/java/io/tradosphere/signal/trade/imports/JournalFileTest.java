package io.tradosphere.signal.trade.imports;

import static io.tradosphere.signal.trade.TradeSteps.asksToImport;
import static io.tradosphere.signal.trade.TradeSteps.closed;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.trader;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A journal that goes out as a file and comes in again. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class JournalFileTest {

    @Test
    void a_journal_goes_out_as_a_file_and_in_again_unchanged() {
        TestUser trader = trader();
        Map<String, Object> trade = with(closed(), "notes", "a \"quoted\", and\r\nlong note ");
        trade.put("tags", List.of("a|b", "back\\slash", "plain"));
        trade.put("exitPrice", "0");
        trade.put("size", "0.125");
        trade.put("strategy", "'=1+1");
        entered(trader, trade);
        entered(trader, with(with(open(), "entryPrice", "1.105"), "notes", "=HYPERLINK(0);+1\n- wait"));
        asksToImport(trader, ImportFiles.METATRADER_5.replace("40000,0,0,0.00", "40010,-0.07,0,0.00"));
        Response file = trader.asking().accept("text/csv").get("/v1/trades?timeZone=Europe/Athens");
        TestUser other = trader();

        file.then().statusCode(200).contentType("text/csv");
        asksToImport(other, file.asByteArray())
                .then()
                .body("accepted", equalTo(5))
                .body("rejected", equalTo(0))
                .body("ignoredColumns", empty());
        assertThat(file.asString()).contains("\"'=HYPERLINK(0);'+1\n'- wait\"", ",''=1+1,");
        assertThat(fields(other)).containsExactlyInAnyOrderElementsOf(fields(trader));
        asksToImport(trader, file.asByteArray())
                .then()
                .body("accepted", equalTo(0))
                .body("skipped", equalTo(5));
    }

    @Test
    void a_journal_as_a_file_is_whole() {
        TestUser trader = trader();
        asksToImport(trader, ImportFiles.own(1, 2_100)).then().body("accepted", equalTo(2_100));

        assertThat(trader.asking()
                        .accept("text/csv")
                        .get("/v1/trades")
                        .asString()
                        .lines())
                .hasSize(2_101)
                .doesNotHaveDuplicates();
        for (String refused : List.of("limit=5", "cursor=x")) {
            Response answer = trader.asking().accept("text/csv").get("/v1/trades?" + refused);
            answer.then().statusCode(400);
        }
    }

    private static List<Map<String, Object>> fields(TestUser trader) {
        List<Map<String, Object>> items =
                trader.asking().get("/v1/trades").jsonPath().getList("items");
        items.forEach(item -> item.keySet().removeAll(Set.of("id", "closeReportedAt", "createdAt", "updatedAt")));
        return items;
    }
}
