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
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
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
    void a_text_is_answered_as_the_fields_of_a_signal() {
        parse(Person.stranger(), TEXT)
                .then()
                .statusCode(200)
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
    void what_is_unsure_is_said_by_field() {
        parse(Person.stranger(), "long eth 3.2k tp 3.5k/3.8k sl 3.6k")
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
    void what_was_read_can_be_posted_and_nothing_is_stored_before() {
        Person creator = creator();
        long before = Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id());

        Map<String, Object> read = new HashMap<>(parse(creator, TEXT).jsonPath().getMap("$"));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id()))
                .isEqualTo(before);

        read.keySet().removeAll(List.of("otherTargets", "unsure"));
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
    void a_text_says_something(String text) {
        parse(Person.stranger(), text).then().statusCode(400).body("violations[0].field", equalTo("text"));
    }

    @Test
    void a_text_has_at_most_10000_characters_as_people_count_them() {
        parse(Person.stranger(), "🚀".repeat(10_000)).then().statusCode(200);
        parse(Person.stranger(), "🚀".repeat(10_001)).then().statusCode(400);
        Person.stranger()
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
        Person.stranger()
                .asking()
                .body("{\"text\":\"" + escaped + "\"}")
                .post("/v1/signals/parse")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("text"));
    }

    @Test
    void only_the_signed_in_ask() {
        Person.nobody()
                .body(Map.of("text", TEXT))
                .post("/v1/signals/parse")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void a_text_is_parsed_by_post_alone_and_parse_is_no_signal(String method) {
        Person.stranger()
                .asking()
                .body("{}")
                .request(method, "/v1/signals/parse")
                .then()
                .statusCode(405)
                .body("type", equalTo(problem("method-not-allowed")));
    }

    private static Response parse(Person person, String text) {
        return person.asking().body(Map.of("text", text)).post("/v1/signals/parse");
    }
}
