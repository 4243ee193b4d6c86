package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToPost;
import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.lastTraded;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
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
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class PostingTest {

    @ConfigProperty(name = "tradosphere.signal.max-active-signals")
    int limit;

    @Test
    void of_many_posts_at_once_no_more_than_the_limit_succeed_and_a_resolution_makes_room() {
        TestUser creator = creator();
        UUID first = posted(creator, signalFields(freshSymbol()));
        Sql.asSuperuser().execute("""
                        INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale)
                        SELECT ?, 1, 'X', 'crypto', 'LONG', 'because' FROM generate_series(3, ?)
                        """, creator.id(), limit);

        List<Integer> statuses = Concurrently.run(Collections.nCopies(
                6, () -> asksToPost(creator, signalFields(freshSymbol())).statusCode()));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(5);
        asksToPost(creator, signalFields(freshSymbol())).then().body("type", equalTo(problem("limit-reached")));
        asksToResolve(creator, first, "cancelled", null).then().statusCode(200);
        asksToPost(creator, signalFields(freshSymbol())).then().statusCode(201);
    }

    @Test
    void a_grow_profile_posts_a_signal_and_an_event_is_published() {
        TestUser creator = creator();
        String symbol = freshSymbol();
        Map<String, Object> fields = signalFields(symbol.toLowerCase(Locale.ROOT));
        fields.put("entryPrice", 100.50);
        fields.put("timeframe", "4H");
        fields.put("positionSize", "1.25000000");
        fields.put("chartImageUrl", "https://img.example.com/c.png");
        fields.put("aiParsed", true);
        fields.put("aiConfidence", "high");

        Response made = asksToPost(creator, fields);

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
        TestUser.nobody()
                .get(made.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("entryPrice", equalTo("100.5"));
        PublishedEvents published =
                PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted");
        SignalPosted posted = published.event(0, SignalPosted.class);
        assertThat(posted.signalId()).isEqualTo(UUID.fromString(id));
        assertThat(posted.creatorIncarnation()).isEqualTo(1);
        assertThat(posted.assetSymbol()).isEqualTo(symbol);
        assertThat(posted.assetType()).isEqualTo(AssetType.CRYPTO);
        assertThat(posted.direction()).isEqualTo(Direction.LONG);
        assertThat(posted.entryPrice()).isEqualTo(new BigDecimal("100.5"));
        assertThat(posted.aiParsed()).isTrue();
        assertThat(made.header("ETag")).startsWith("W/\"" + published.header(0, Envelope.SEQUENCE) + ".");
    }

    @Test
    void below_grow_or_without_a_profile_posting_is_refused() {
        Map<String, Object> fields = signalFields(freshSymbol());

        asksToPost(known(Tier.FREE), fields).then().statusCode(403).body("type", equalTo(problem("tier-too-low")));
        asksToPost(TestUser.stranger(), fields)
                .then()
                .statusCode(403)
                .body("type", equalTo(problem("profile-required")));
        TestUser.nobody().body(fields).post("/v1/signals").then().statusCode(401);
    }

    @Test
    void a_tier_unknown_to_the_replica_counts() {
        TestUser risen = known(Tier.FREE);
        isKnownToProfileService(risen, Tier.ELITE);

        asksToPost(risen, signalFields(freshSymbol())).then().statusCode(201).body("creator.tier", equalTo("elite"));
    }

    @Test
    void all_violations_are_reported_at_once_by_field() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("assetSymbol", "BTC USD");
        fields.put("assetType", "art");
        fields.put("direction", "UP");
        fields.put("entryPrice", "-1");
        fields.put("positionSize", "0");
        fields.put("rationale", " \n");
        fields.put("timeframe", "");
        fields.put("chartImageUrl", "javascript:alert(1)");
        fields.put("aiConfidence", "sure");

        Response refused = asksToPost(creator(), fields);

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
    void levels_must_fit_the_direction(String direction, String entry, String target, String stop, String fault) {
        Map<String, Object> fields = signalFields(freshSymbol());
        fields.put("direction", direction);
        fields.put("entryPrice", entry);
        fields.put("targetPrice", target);
        fields.put("stopLoss", stop);

        Response refused = asksToPost(creator(), fields);

        refused.then().statusCode(400);
        assertThat(refused.jsonPath().getList("violations.field", String.class)).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({"0.123456789", "1000000000000", "1e400", "1e999999999", "1e-9", "0", "NaN", "''", "abc"})
    void a_price_that_the_column_cannot_hold_exactly_is_refused(String price) {
        Map<String, Object> fields = signalFields(freshSymbol());
        fields.remove("targetPrice");
        fields.remove("stopLoss");
        fields.put("entryPrice", price);

        Response refused = asksToPost(creator(), fields);

        refused.then().statusCode(400);
        assertThat(refused.jsonPath().getList("violations.field", String.class)).containsExactly("entryPrice");
    }

    @Test
    void every_digit_of_a_price_is_kept_also_of_a_number() {
        TestUser creator = creator();
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
    void a_signal_whose_levels_are_already_crossed_is_refused(
            String direction, String stop, String target, String price) {
        String symbol = freshSymbol();
        Map<String, Object> fields = signalFields(symbol);
        fields.put("direction", direction);
        fields.put("stopLoss", stop);
        fields.put("targetPrice", target);
        lastTraded(symbol, price, 60);

        asksToPost(creator(), fields).then().statusCode(409).body("type", equalTo(problem("already-crossed")));
    }

    @Test
    void an_old_price_or_one_between_the_levels_does_not_refuse_a_signal() {
        String old = freshSymbol();
        String between = freshSymbol();
        lastTraded(old, "200", 16 * 60);
        lastTraded(between, "104", 1);

        SignalSteps.posted(creator(), signalFields(old));
        SignalSteps.posted(creator(), signalFields(between));
    }

    @Test
    void the_same_key_posts_once_and_is_refused_for_another_signal() {
        TestUser creator = creator();
        Map<String, Object> fields = signalFields(freshSymbol());
        String key = UUID.randomUUID().toString();

        Response first =
                creator.asking().header("Idempotency-Key", key).body(fields).post("/v1/signals");
        Response again =
                creator.asking().header("Idempotency-Key", key).body(fields).post("/v1/signals");
        fields.put("rationale", "something else");
        Response other =
                creator.asking().header("Idempotency-Key", key).body(fields).post("/v1/signals");

        first.then().statusCode(201);
        again.then().statusCode(201).header("Location", equalTo(first.header("Location")));
        assertThat(again.asString()).isEqualTo(first.asString());
        other.then().statusCode(422);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE creator_id = ?", creator.id()))
                .isEqualTo(1);
    }

    @Test
    void fields_set_by_the_service_are_refused() {
        Map<String, Object> fields = signalFields(freshSymbol());
        fields.put("postedAt", "2020-01-01T00:00:00Z");

        asksToPost(creator(), fields).then().statusCode(400).body("violations[0].field", equalTo("postedAt"));
    }
}
