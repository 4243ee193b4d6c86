package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToPost;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.lastTraded;
import static io.tradosphere.signal.SignalSteps.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class PostingTest {

    @Test
    void whoever_is_grow_posts_a_signal_and_the_world_is_told() {
        Person creator = creator();
        String symbol = freshSymbol();
        Map<String, Object> call = call(symbol.toLowerCase(Locale.ROOT));
        call.put("entryPrice", 100.50);
        call.put("timeframe", "4H");
        call.put("positionSize", "1.25000000");
        call.put("chartImageUrl", "https://img.example.com/c.png");
        call.put("aiParsed", true);
        call.put("aiConfidence", "high");

        Response made = asksToPost(creator, call);

        made.then()
                .statusCode(201)
                .body("assetSymbol", equalTo(symbol))
                .body("entryPrice", equalTo("100.5"))
                .body("targetPrice", equalTo("110"))
                .body("stopLoss", equalTo("90"))
                .body("riskRewardRatio", equalTo("0.9"))
                .body("positionSize", equalTo("1.25"))
                .body("status", equalTo("active"))
                .body("aiConfidence", equalTo("high"))
                .body("outcomePrice", nullValue())
                .body("likeCount", equalTo(0))
                .body("creator.profileId", equalTo(creator.id().toString()))
                .body("creator.tier", equalTo("grow"));
        String id = made.path("id");
        assertThat(made.header("Location")).isEqualTo("/v1/signals/" + id);
        Person.nobody()
                .get(made.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("entryPrice", equalTo("100.5"));
        Told told = Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted");
        SignalPosted posted = told.event(0, SignalPosted.class);
        assertThat(posted.signalId()).isEqualTo(UUID.fromString(id));
        assertThat(posted.creatorIncarnation()).isEqualTo(1);
        assertThat(posted.assetSymbol()).isEqualTo(symbol);
        assertThat(posted.assetType()).isEqualTo(AssetType.CRYPTO);
        assertThat(posted.direction()).isEqualTo(Direction.LONG);
        assertThat(posted.entryPrice()).isEqualTo(new BigDecimal("100.5"));
        assertThat(posted.aiParsed()).isTrue();
        assertThat("\"" + told.header(0, Envelope.SEQUENCE) + "\"").isEqualTo(made.header("ETag"));
    }

    @Test
    void below_grow_and_without_a_profile_nobody_posts() {
        Map<String, Object> call = call(freshSymbol());

        asksToPost(known(Tier.FREE), call).then().statusCode(403).body("type", equalTo(problem("tier-too-low")));
        asksToPost(Person.stranger(), call).then().statusCode(403).body("type", equalTo(problem("profile-required")));
        Person.nobody().body(call).post("/v1/signals").then().statusCode(401);
    }

    @Test
    void a_tier_of_which_the_copy_has_not_heard_counts() {
        Person risen = known(Tier.FREE);
        isKnownToProfileService(risen, Tier.ELITE);

        asksToPost(risen, call(freshSymbol())).then().statusCode(201).body("creator.tier", equalTo("elite"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_field_by_field() {
        Map<String, Object> call = new HashMap<>();
        call.put("assetSymbol", "BTC USD");
        call.put("assetType", "art");
        call.put("direction", "UP");
        call.put("entryPrice", "-1");
        call.put("positionSize", "0");
        call.put("rationale", " \n");
        call.put("timeframe", "");
        call.put("chartImageUrl", "javascript:alert(1)");
        call.put("aiConfidence", "sure");

        Response refused = asksToPost(creator(), call);

        refused.then().statusCode(400).body("type", equalTo(problem("invalid-request")));
        assertThat(refused.jsonPath().getList("violations.field", String.class))
                .containsExactly(
                        "aiConfidence",
                        "assetSymbol",
                        "assetType",
                        "chartImageUrl",
                        "direction",
                        "entryPrice",
                        "positionSize",
                        "rationale",
                        "timeframe");
    }

    @ParameterizedTest
    @CsvSource({
        "LONG, 100, 110, 105, stopLoss",
        "LONG, 100, 95, 90, targetPrice",
        "LONG, 100, 100, 90, targetPrice",
        "SHORT, 100, 110, 120, targetPrice",
        "SHORT, 100, 90, 95, stopLoss",
        "LONG, , 90, 95, stopLoss",
        "SHORT, 100, , 100, stopLoss",
    })
    void levels_stand_in_the_order_of_the_direction(
            String direction, String entry, String target, String stop, String fault) {
        Map<String, Object> call = call(freshSymbol());
        call.put("direction", direction);
        call.put("entryPrice", entry);
        call.put("targetPrice", target);
        call.put("stopLoss", stop);

        Response refused = asksToPost(creator(), call);

        refused.then().statusCode(400);
        assertThat(refused.jsonPath().getList("violations.field", String.class)).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({"0.123456789", "1000000000000", "1e400", "1e999999999", "1e-9", "0", "NaN", "''", "abc"})
    void a_price_that_the_column_cannot_hold_exactly_is_refused(String price) {
        Map<String, Object> call = call(freshSymbol());
        call.remove("targetPrice");
        call.remove("stopLoss");
        call.put("entryPrice", price);

        Response refused = asksToPost(creator(), call);

        refused.then().statusCode(400);
        assertThat(refused.jsonPath().getList("violations.field", String.class)).containsExactly("entryPrice");
    }

    @Test
    void every_digit_of_a_price_is_kept_also_of_a_number() {
        Person creator = creator();
        String body = """
                {"assetSymbol": "%s", "assetType": "forex", "direction": "SHORT", "rationale": "because",
                 "entryPrice": 123456789012.12345678, "targetPrice": 1e-8, "stopLoss": "999999999999.99999999000"}
                """.formatted(freshSymbol());

        creator.asking()
                .body(body)
                .post("/v1/signals")
                .then()
                .statusCode(201)
                .body("entryPrice", equalTo("123456789012.12345678"))
                .body("targetPrice", equalTo("0.00000001"))
                .body("stopLoss", equalTo("999999999999.99999999"));
    }

    @ParameterizedTest
    @CsvSource({"LONG, 90, 110, 111", "LONG, 90, 110, 90", "SHORT, 110, 90, 89.5", "SHORT, 110, 90, 110"})
    void a_call_that_the_market_has_already_decided_is_refused(
            String direction, String stop, String target, String price) {
        String symbol = freshSymbol();
        Map<String, Object> call = call(symbol);
        call.put("direction", direction);
        call.put("stopLoss", stop);
        call.put("targetPrice", target);
        lastTraded(symbol, price, 60);

        asksToPost(creator(), call).then().statusCode(409).body("type", equalTo(problem("already-crossed")));
    }

    @Test
    void a_price_that_is_old_or_between_the_levels_stops_nobody() {
        String old = freshSymbol();
        String between = freshSymbol();
        lastTraded(old, "200", 16 * 60);
        lastTraded(between, "104", 1);

        SignalSteps.posted(creator(), call(old));
        SignalSteps.posted(creator(), call(between));
    }

    @Test
    void the_same_key_posts_once_and_for_another_call_it_is_refused() {
        Person creator = creator();
        Map<String, Object> call = call(freshSymbol());
        String key = UUID.randomUUID().toString();

        Response first =
                creator.asking().header("Idempotency-Key", key).body(call).post("/v1/signals");
        Response again =
                creator.asking().header("Idempotency-Key", key).body(call).post("/v1/signals");
        call.put("rationale", "something else");
        Response other =
                creator.asking().header("Idempotency-Key", key).body(call).post("/v1/signals");

        first.then().statusCode(201);
        again.then().statusCode(201).header("Location", equalTo(first.header("Location")));
        assertThat(again.asString()).isEqualTo(first.asString());
        other.then().statusCode(422);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id()))
                .isEqualTo(1);
    }

    @Test
    void fields_that_are_the_services_own_are_refused() {
        Map<String, Object> call = call(freshSymbol());
        call.put("postedAt", "2020-01-01T00:00:00Z");

        asksToPost(creator(), call).then().statusCode(400).body("violations[0].field", equalTo("postedAt"));
    }
}
