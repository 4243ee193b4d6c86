package io.tradosphere.signal.trade;

import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Steps shared by the tests of trades. */
public final class TradeSteps {

    private TradeSteps() {}

    /** A profile that keeps a journal; every profile may. */
    public static TestUser trader() {
        return SignalSteps.known(Tier.FREE);
    }

    /** An hour ago, as the API writes it. */
    public static String anHourAgo() {
        return Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A LONG of size 2 at 100, opened an hour ago. */
    public static Map<String, Object> open() {
        Map<String, Object> trade = new HashMap<>();
        trade.put("asset", "BTC/USD");
        trade.put("assetType", "crypto");
        trade.put("direction", "LONG");
        trade.put("entryPrice", "100");
        trade.put("size", "2");
        trade.put("openedAt", anHourAgo());
        return trade;
    }

    /** The same, closed at 110 just now. */
    public static Map<String, Object> closed() {
        return with(open(), "exitPrice", "110");
    }

    /** The same trade with one field set. */
    public static Map<String, Object> with(Map<String, Object> trade, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(trade);
        changed.put(field, value);
        return changed;
    }

    /** The response to entering a trade. */
    public static Response asksToEnter(TestUser person, Map<String, ?> trade) {
        return person.asking().body(trade).post("/v1/trades");
    }

    /** The id of a trade that was entered. */
    public static String entered(TestUser person, Map<String, ?> trade) {
        return asksToEnter(person, trade).then().statusCode(201).extract().path("id");
    }

    /** The response to changing a trade. */
    public static Response asksToChange(TestUser person, String trade, Map<String, ?> patch) {
        return person.asking().body(patch).patch("/v1/trades/{id}", trade);
    }

    /** The response to importing a file. */
    public static Response asksToImport(TestUser person, String csv) {
        return asksToImport(person, csv.getBytes(StandardCharsets.UTF_8));
    }

    /** The response to importing a file of these bytes. */
    public static Response asksToImport(TestUser person, byte[] csv) {
        return person.asking().contentType("text/csv").body(csv).post("/v1/trades/import");
    }

    /** A patch of one field. */
    public static Map<String, Object> only(String field, Object value) {
        Map<String, Object> patch = new HashMap<>();
        patch.put(field, value);
        return patch;
    }

    /** How many trades the journal holds. */
    public static long count(TestUser person) {
        return Sql.asSuperuser().number("SELECT count(*) FROM trades WHERE user_id = ?", person.id());
    }

    /** The names of the violating fields. */
    public static List<String> faults(Response refused) {
        return refused.jsonPath().getList("violations.field", String.class);
    }
}
