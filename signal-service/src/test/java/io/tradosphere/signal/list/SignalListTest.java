package io.tradosphere.signal.list;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SignalListTest {

    @Test
    void signals_are_listed_newest_first_with_who_posted_them() {
        String symbol = freshSymbol();
        TestUser alice = creator();
        UUID older = posted(alice, signalFields(symbol));
        UUID newer = posted(creator(), signalFields(symbol));

        List<String> listed = list(Map.of("assetSymbol", symbol)).getList("items.id");

        assertThat(listed).containsExactly(newer.toString(), older.toString());
        JsonPath byHer = list(Map.of("creatorId", alice.id()));
        assertThat(byHer.getString("items[0].creator.profileId"))
                .isEqualTo(alice.id().toString());
        assertThat(byHer.getString("items[0].creator.username")).isNotEmpty();
        assertThat(byHer.getString("items[0].creator.tier")).isEqualTo("grow");
        assertThat(byHer.getString("items[0].entryPrice")).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({
        "assetType, crypto, 'a b c'",
        "assetType, forex, 'd'",
        "assetType, futures, ''",
        "direction, LONG, 'a b d'",
        "direction, SHORT, 'c'",
        "status, active, 'a c d'",
        "status, miss, 'b'",
        "status, hit, ''"
    })
    void a_filter_matches_alone_and_with_a_symbol_or_a_creator(String filter, String value, String expected) {
        String symbol = freshSymbol();
        TestUser creator = creator();
        Map<String, String> names = new HashMap<>();
        names.put(post(creator, symbol, Map.of()), "a");
        String decided = post(creator, symbol, Map.of());
        asksToResolve(creator, UUID.fromString(decided), "miss", "90").then().statusCode(200);
        names.put(decided, "b");
        names.put(post(creator, symbol, Map.of("direction", "SHORT", "targetPrice", "90", "stopLoss", "110")), "c");
        names.put(post(creator, symbol, Map.of("assetType", "forex")), "d");

        for (Map<String, Object> more : List.<Map<String, Object>>of(
                Map.of("assetSymbol", symbol),
                Map.of("creatorId", creator.id()),
                Map.of("creatorId", creator.id(), "assetSymbol", symbol))) {
            Map<String, Object> query = new HashMap<>(more);
            query.put(filter, value);
            assertThat(named(list(query), names)).as("%s", query).isEqualTo(reversed(expected));
        }
        JsonPath alone = list(Map.of(filter, value, "limit", 100));
        assertThat(alone.<String>getList("items." + filter)).allMatch(value::equals);
        assertThat(named(alone, names)).isEqualTo(reversed(expected));
    }

    @Test
    void filters_combine() {
        String symbol = freshSymbol();
        TestUser creator = creator();
        String wanted = post(
                creator,
                symbol,
                Map.of("assetType", "futures", "direction", "SHORT", "targetPrice", "90", "stopLoss", "110"));
        post(creator, symbol, Map.of("assetType", "futures"));
        post(creator, symbol, Map.of("direction", "SHORT", "targetPrice", "90", "stopLoss", "110"));

        Map<String, Object> query = new HashMap<>(Map.of("assetType", "futures", "direction", "SHORT"));
        query.put("assetSymbol", symbol.toLowerCase(java.util.Locale.ROOT));
        query.put("status", "active");

        assertThat(list(query).<String>getList("items.id")).containsExactly(wanted);
        query.put("creatorId", creator.id());
        assertThat(list(query).<String>getList("items.id")).containsExactly(wanted);
        query.remove("assetSymbol");
        query.remove("creatorId");
        assertThat(list(query).<String>getList("items.id")).first().isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "assetType", "status", "direction"})
    void pages_hold_each_signal_once_though_more_are_posted_meanwhile(String filter) {
        String symbol = freshSymbol();
        TestUser creator = creator();
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            there.add(0, postedBefore(creator, symbol, 100 - i).toString());
        }
        // Of the same moment: then the id decides.
        Sql.asSuperuser().execute("""
                INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale, posted_at)
                SELECT creator_id, 1, asset_symbol, 'crypto', 'LONG', 'because', posted_at FROM signals WHERE id = ?
                """, UUID.fromString(there.get(3)));
        Map<String, Object> query = new HashMap<>(Map.of("assetSymbol", symbol, "limit", 3));
        Map.of("assetType", "crypto", "status", "active", "direction", "LONG").forEach((name, value) -> {
            if (name.equals(filter)) {
                query.put(name, value);
            }
        });

        List<String> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            query.put("cursor", cursor);
            JsonPath page = list(query);
            seen.addAll(page.getList("items.id"));
            cursor = page.getString("nextCursor");
            posted(creator, signalFields(symbol));
        }

        assertThat(seen).hasSize(8).doesNotHaveDuplicates().containsSubsequence(there);
    }

    @Test
    void the_last_page_has_no_cursor_and_a_list_without_matches_is_empty() {
        TestUser.nobody()
                .queryParam("assetSymbol", freshSymbol())
                .get("/v1/signals")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("nextCursor", nullValue())
                .header("Link", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "status, open",
        "status, ACTIVE",
        "assetType, bonds",
        "direction, long",
        "assetSymbol, 'BTC USD'",
        "assetSymbol, 123456789012345678901234567890123",
        "creatorId, somebody",
        "limit, 0",
        "limit, 101"
    })
    void a_filter_with_an_impossible_value_is_refused(String filter, String value) {
        TestUser.nobody()
                .queryParam(filter, value)
                .get("/v1/signals")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo(problem("invalid-request")))
                .body("violations.field", hasItem(filter));
    }

    @Test
    void a_cursor_of_another_list_or_of_another_age_is_refused() {
        for (String cursor : List.of(
                Cursor.after("a"),
                Cursor.after("+1000000000-12-31T23:59:59.999999999Z", UUID.randomUUID()),
                Cursor.after("-1000000000-01-01T00:00:00Z", UUID.randomUUID()))) {
            TestUser.nobody()
                    .queryParam("cursor", cursor)
                    .get("/v1/signals")
                    .then()
                    .statusCode(400)
                    .body("type", equalTo(problem("invalid-cursor")));
        }
    }

    private static String post(TestUser creator, String symbol, Map<String, String> but) {
        Map<String, Object> fields = signalFields(symbol);
        fields.putAll(but);
        return posted(creator, fields).toString();
    }

    private static JsonPath list(Map<String, ?> query) {
        return TestUser.nobody()
                .queryParams(query)
                .get("/v1/signals")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> named(JsonPath page, Map<String, String> names) {
        return page.<String>getList("items.id").stream()
                .filter(names::containsKey)
                .map(names::get)
                .toList();
    }

    private static List<String> reversed(String names) {
        List<String> reversed = new ArrayList<>();
        for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
            reversed.add(0, name);
        }
        return reversed;
    }
}
