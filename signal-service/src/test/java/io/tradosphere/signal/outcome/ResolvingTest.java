package io.tradosphere.signal.outcome;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.lastTraded;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.SignalSteps.signalWithoutLevels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ResolvingTest {

    @Test
    void a_creator_resolves_a_signal_without_a_market_and_an_event_is_published() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        Response resolved = asksToResolve(creator, signal, "hit", "110.50");

        resolved.then()
                .statusCode(200)
                .body("status", equalTo("hit"))
                .body("outcomePrice", equalTo("110.5"))
                .body("outcomeSource", equalTo("creator"))
                .body("hitAt", notNullValue())
                .body("resolvedAt", equalTo(resolved.path("hitAt")));
        PublishedEvents published =
                PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
        SignalResolved event = published.event(1, SignalResolved.class);
        assertThat(event.outcome()).isEqualTo(Outcome.HIT);
        assertThat(event.outcomeSource()).isEqualTo(OutcomeSource.CREATOR);
        assertThat(event.outcomePrice()).isEqualTo(new BigDecimal("110.5"));
        assertThat(event.resolvedAt().toString()).isEqualTo(resolved.path("resolvedAt"));
        assertThat(resolved.header("ETag")).startsWith("W/\"" + published.header(1, Envelope.SEQUENCE) + ".");
    }

    @ParameterizedTest
    @CsvSource({"hit, 109.99999999", "hit, ", "miss, 90.00000001", "miss, "})
    void a_price_that_has_not_reached_the_level_is_refused(String status, String price) {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        asksToResolve(creator, signal, status, price)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("outcome-not-reached")));
        assertThat(outcome(signal)).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({"hit, 90", "miss, 110"})
    void a_short_is_hit_below_and_missed_above(String status, String price) {
        TestUser creator = creator();
        Map<String, Object> fields = signalFields(freshSymbol());
        fields.put("direction", "SHORT");
        fields.put("targetPrice", "90");
        fields.put("stopLoss", "110");
        UUID signal = posted(creator, fields);

        asksToResolve(creator, signal, status, price).then().statusCode(200);

        assertThat(outcome(signal)).isEqualTo(status + " " + price + " creator");
    }

    @ParameterizedTest
    @CsvSource({"hit, ", "miss, 5", "cancelled, "})
    void a_signal_without_levels_is_resolved_with_any_outcome(String status, String price) {
        TestUser creator = creator();
        UUID signal = posted(creator, signalWithoutLevels());

        asksToResolve(creator, signal, status, price)
                .then()
                .statusCode(200)
                .body("outcomePrice", price == null ? nullValue() : equalTo(price));
    }

    @Test
    void a_signal_is_resolved_once_and_by_nobody_but_its_creator() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        asksToResolve(creator(), signal, "miss", "1").then().statusCode(403);
        asksToResolve(creator, UUID.randomUUID(), "miss", "1").then().statusCode(404);
        asksToResolve(creator, signal, "won", "110").then().statusCode(400);
        asksToResolve(creator, signal, "hit", "0.123456789").then().statusCode(400);
        asksToResolve(creator, signal, "cancelled", null).then().statusCode(200);
        asksToResolve(creator, signal, "hit", "111")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("already-resolved")));
    }

    @Test
    void with_fresh_prices_only_the_market_resolves_and_a_creator_cancels_in_the_first_minute() {
        TestUser creator = creator();
        String symbol = freshSymbol();
        lastTraded(symbol, "100", 14 * 60);
        UUID fresh = posted(creator, signalFields(symbol));
        UUID old = postedBefore(creator, symbol, 61);

        for (String status : List.of("hit", "miss")) {
            asksToResolve(creator, fresh, status, status.equals("hit") ? "111" : "89")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo(problem("market-resolves")));
        }
        asksToResolve(creator, fresh, "cancelled", null).then().statusCode(200);
        asksToResolve(creator, old, "cancelled", null)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("market-resolves")));
    }

    @Test
    void a_signal_without_levels_takes_its_creators_word_also_with_fresh_prices() {
        TestUser creator = creator();
        Map<String, Object> fields = signalFields(freshSymbol());
        fields.keySet().removeAll(List.of("targetPrice", "stopLoss"));
        lastTraded((String) fields.get("assetSymbol"), "100", 60);
        UUID signal = posted(creator, fields);

        asksToResolve(creator, signal, "miss", "90").then().statusCode(200);

        assertThat(outcome(signal)).isEqualTo("miss 90 creator");
    }

    @Test
    void without_fresh_prices_the_creator_resolves() {
        TestUser creator = creator();
        String symbol = freshSymbol();
        lastTraded(symbol, "100", 16 * 60);
        UUID signal = postedBefore(creator, symbol, 61);

        asksToResolve(creator, signal, "miss", "89").then().statusCode(200);
    }

    @Test
    void of_many_resolutions_at_once_exactly_one_wins() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String status = i % 2 == 0 ? "hit" : "miss";
            calls.add(() -> asksToResolve(creator, signal, status, status.equals("hit") ? "111" : "89")
                    .statusCode());
        }

        List<Integer> answers = Concurrently.run(calls);

        assertThat(answers).filteredOn(answer -> answer == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer == 409).hasSize(7);
        PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
    }

    @Test
    void resolutions_of_one_creator_at_once_have_one_order_in_the_table_and_in_the_topic() {
        TestUser creator = creator();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            UUID signal = posted(creator, signalFields(freshSymbol()));
            calls.add(() -> asksToResolve(creator, signal, "hit", "111").statusCode());
        }

        assertThat(Concurrently.run(calls)).containsOnly(200);

        PublishedEvents published =
                PublishedEvents.of(Topic.SIGNALS, creator.id().toString());
        List<SignalResolved> resolved = new ArrayList<>();
        for (int i = 8; i < 16; i++) {
            resolved.add(published.event(i, SignalResolved.class));
        }
        assertThat(resolved).extracting(SignalResolved::resolvedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_same_key_resolves_once_and_repeats_the_first_response() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        String key = UUID.randomUUID().toString();
        Map<String, String> hit = Map.of("status", "hit", "outcomePrice", "111");

        Response first =
                creator.asking().header("Idempotency-Key", key).body(hit).post("/v1/signals/{id}/resolve", signal);
        Response again =
                creator.asking().header("Idempotency-Key", key).body(hit).post("/v1/signals/{id}/resolve", signal);

        first.then().statusCode(200);
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first.asString());
    }
}
