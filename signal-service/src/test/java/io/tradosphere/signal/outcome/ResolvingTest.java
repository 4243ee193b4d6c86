package io.tradosphere.signal.outcome;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.callWithoutLevels;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.lastTraded;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
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
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
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
    void a_creator_resolves_a_signal_where_no_market_does_and_the_world_is_told() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        Response resolved = asksToResolve(creator, signal, "hit", "110.50");

        resolved.then()
                .statusCode(200)
                .body("status", equalTo("hit"))
                .body("outcomePrice", equalTo("110.5"))
                .body("outcomeSource", equalTo("creator"))
                .body("hitAt", notNullValue())
                .body("resolvedAt", equalTo(resolved.path("hitAt")));
        Told told = Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
        SignalResolved event = told.event(1, SignalResolved.class);
        assertThat(event.outcome()).isEqualTo(Outcome.HIT);
        assertThat(event.outcomeSource()).isEqualTo(OutcomeSource.CREATOR);
        assertThat(event.outcomePrice()).isEqualTo(new BigDecimal("110.5"));
        assertThat(event.resolvedAt().toString()).isEqualTo(resolved.path("resolvedAt"));
        assertThat("\"" + told.header(1, Envelope.SEQUENCE) + "\"").isEqualTo(resolved.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({"hit, 109.99999999", "hit, ", "miss, 90.00000001", "miss, "})
    void a_price_that_has_not_reached_the_level_is_refused(String status, String price) {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        asksToResolve(creator, signal, status, price)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("outcome-not-reached")));
        assertThat(outcome(signal)).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({"hit, 90", "miss, 110"})
    void a_short_is_hit_below_and_missed_above(String status, String price) {
        Person creator = creator();
        Map<String, Object> call = call(freshSymbol());
        call.put("direction", "SHORT");
        call.put("targetPrice", "90");
        call.put("stopLoss", "110");
        UUID signal = posted(creator, call);

        asksToResolve(creator, signal, status, price).then().statusCode(200);

        assertThat(outcome(signal)).isEqualTo(status + " " + price + " creator");
    }

    @ParameterizedTest
    @CsvSource({"hit, ", "miss, 5", "cancelled, "})
    void a_signal_without_levels_takes_its_creators_word(String status, String price) {
        Person creator = creator();
        UUID signal = posted(creator, callWithoutLevels());

        asksToResolve(creator, signal, status, price)
                .then()
                .statusCode(200)
                .body("outcomePrice", price == null ? nullValue() : equalTo(price));
    }

    @Test
    void a_signal_is_resolved_once_and_by_nobody_but_its_creator() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

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
    void where_prices_come_in_only_the_market_resolves_and_a_creator_cancels_in_the_first_minute() {
        Person creator = creator();
        String symbol = freshSymbol();
        lastTraded(symbol, "100", 14 * 60);
        UUID fresh = posted(creator, call(symbol));
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
    void prices_that_stopped_coming_in_leave_the_outcome_to_the_creator() {
        Person creator = creator();
        String symbol = freshSymbol();
        lastTraded(symbol, "100", 16 * 60);
        UUID signal = postedBefore(creator, symbol, 61);

        asksToResolve(creator, signal, "miss", "89").then().statusCode(200);
    }

    @Test
    void of_many_resolutions_at_once_exactly_one_wins() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String status = i % 2 == 0 ? "hit" : "miss";
            calls.add(() -> asksToResolve(creator, signal, status, status.equals("hit") ? "111" : "89")
                    .statusCode());
        }

        List<Integer> answers = AtOnce.run(calls);

        assertThat(answers).filteredOn(answer -> answer == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer == 409).hasSize(7);
        Told.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
    }

    @Test
    void resolutions_of_one_creator_at_once_have_one_order_in_the_table_and_in_the_topic() {
        Person creator = creator();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            UUID signal = posted(creator, call(freshSymbol()));
            calls.add(() -> asksToResolve(creator, signal, "hit", "111").statusCode());
        }

        assertThat(AtOnce.run(calls)).containsOnly(200);

        Told told = Told.of(Topic.SIGNALS, creator.id().toString());
        List<SignalResolved> resolved = new ArrayList<>();
        for (int i = 8; i < 16; i++) {
            resolved.add(told.event(i, SignalResolved.class));
        }
        assertThat(resolved).extracting(SignalResolved::resolvedAt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_same_key_resolves_once_and_is_answered_as_the_first_time() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
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
