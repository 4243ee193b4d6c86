package io.tradosphere.signal.parse;

import static io.tradosphere.signal.SignalSteps.asksToPost;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ParseTest {

    private static final String TEXT = "LONG BTC/USD @ 64k, TP 70k SL 61.5k, 4H";

    @Test
    void a_text_is_parsed_into_the_fields_of_a_signal() {
        parse(TestUser.stranger(), TEXT)
                .then()
                .statusCode(200)
                .body("kind", equalTo("call"))
                .body("calls", empty())
                .body("assetSymbol", equalTo("BTC/USD"))
                .body("assetType", equalTo("crypto"))
                .body("direction", equalTo("LONG"))
                .body("entryPrice", equalTo("64000"))
                .body("targetPrice", equalTo("70000"))
                .body("stopLoss", equalTo("61500"))
                .body("positionSize", nullValue())
                .body("timeframe", equalTo("4H"))
                .body("otherTargets", empty())
                .body("aiParsed", equalTo(true))
                .body("aiConfidence", equalTo("high"))
                .body("unsure", empty());
    }

    @Test
    void uncertainties_are_reported_by_field() {
        parse(TestUser.stranger(), "long eth 3.2k tp 3.5k/3.8k sl 3.6k")
                .then()
                .statusCode(200)
                .body("targetPrice", equalTo("3500"))
                .body("otherTargets", contains("3800"))
                .body("stopLoss", nullValue())
                .body("aiConfidence", equalTo("low"))
                .body("unsure.field", contains("stopLoss"))
                .body("unsure[0].message", equalTo("3600 is on the wrong side of the entry for a LONG, and left out"));
    }

    @Test
    void several_calls_are_parsed_apart() {
        parse(TestUser.stranger(), "BUY ETH 3300 TP 3400 SL 3200\n\nSELL EURUSD 1.0950 TP 1.0900 SL 1.0990")
                .then()
                .statusCode(200)
                .body("kind", equalTo("several"))
                .body("direction", nullValue())
                .body("entryPrice", nullValue())
                .body("aiConfidence", equalTo("low"))
                .body("unsure.field", contains("kind"))
                .body("calls.assetSymbol", contains("ETH", "EUR/USD"))
                .body("calls.direction", contains("LONG", "SHORT"))
                .body("calls.entryPrice", contains("3300", "1.095"))
                .body("calls.targetPrice", contains("3400", "1.09"))
                .body("calls.stopLoss", contains("3200", "1.099"))
                .body("calls.aiConfidence", contains("high", "high"));
    }

    @Test
    void what_is_no_call_has_no_prices() {
        parse(TestUser.stranger(), "Stopped out of my SOL short at 152")
                .then()
                .statusCode(200)
                .body("kind", equalTo("result"))
                .body("assetSymbol", equalTo("SOL"))
                .body("direction", nullValue())
                .body("entryPrice", nullValue())
                .body("stopLoss", nullValue())
                .body("aiConfidence", equalTo("low"))
                .body("unsure.field", contains("kind"))
                .body("calls", empty());
    }

    @Test
    void a_parsed_signal_can_be_posted_and_is_not_stored_before() {
        TestUser creator = creator();
        long before = Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id());

        Map<String, Object> read = new HashMap<>(parse(creator, TEXT).jsonPath().getMap("$"));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id()))
                .isEqualTo(before);

        read.keySet().removeAll(List.of("kind", "calls", "otherTargets", "unsure"));
        read.put("rationale", TEXT);
        asksToPost(creator, read)
                .then()
                .statusCode(201)
                .body("aiParsed", equalTo(true))
                .body("aiConfidence", equalTo("high"))
                .body("entryPrice", equalTo("64000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void a_blank_text_is_refused(String text) {
        parse(TestUser.stranger(), text).then().statusCode(400).body("violations[0].field", equalTo("text"));
    }

    @Test
    void a_text_has_at_most_10000_characters_as_people_count_them() {
        parse(TestUser.stranger(), "🚀".repeat(10_000)).then().statusCode(200);
        parse(TestUser.stranger(), "🚀".repeat(10_001)).then().statusCode(400);
        TestUser.stranger()
                .asking()
                .body(Map.of())
                .post("/v1/signals/parse")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "$\\ud800 long \\udfff 64k", "long $\\u0000BTC"})
    void what_is_no_text_is_refused(String escaped) {
        TestUser.stranger()
                .asking()
                .body("{\"text\":\"" + escaped + "\"}")
                .post("/v1/signals/parse")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("text"));
    }

    @Test
    void parsing_requires_a_token() {
        TestUser.nobody()
                .body(Map.of("text", TEXT))
                .post("/v1/signals/parse")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void a_text_is_parsed_by_post_alone_and_parse_is_no_signal(String method) {
        TestUser.stranger()
                .asking()
                .body("{}")
                .request(method, "/v1/signals/parse")
                .then()
                .statusCode(405)
                .body("type", equalTo(problem("method-not-allowed")));
    }

    private static Response parse(TestUser person, String text) {
        return person.asking().body(Map.of("text", text)).post("/v1/signals/parse");
    }
}
