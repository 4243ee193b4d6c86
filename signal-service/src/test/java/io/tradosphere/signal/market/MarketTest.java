package io.tradosphere.signal.market;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.contracts.signal.OutcomeSource;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class MarketTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "LONG, 90, 110, 110, hit",
        "LONG, 90, 110, 135.5, hit",
        "LONG, 90, 110, 90, miss",
        "LONG, 90, 110, 3, miss",
        "SHORT, 110, 90, 90, hit",
        "SHORT, 110, 90, 120, miss",
    })
    void a_tick_that_crosses_a_level_resolves_at_the_ticks_price(
            String direction, String stop, String target, String price, String expected) {
        TestUser creator = creator();
        String symbol = freshSymbol();
        Map<String, Object> fields = signalFields(symbol);
        fields.put("direction", direction);
        fields.put("stopLoss", stop);
        fields.put("targetPrice", target);
        UUID signal = posted(creator, fields);

        tick(symbol, "100", Instant.now());
        tick(symbol, price, Instant.now());

        awaitOutcome(signal, expected + " " + price + " market");
        PublishedEvents published =
                PublishedEvents.exactly(Topic.SIGNALS, creator.id().toString(), "signal.posted", "signal.resolved");
        assertThat(published.event(1, SignalResolved.class).outcomeSource()).isEqualTo(OutcomeSource.MARKET);
        assertThat(published.event(1, SignalResolved.class).outcomePrice()).isEqualTo(new BigDecimal(price));
        asksToResolve(creator, signal, "hit", "110")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("already-resolved")));
    }

    @Test
    void a_tick_before_the_signal_does_not_resolve_it_and_an_older_tick_is_never_the_last_price() {
        String symbol = freshSymbol();
        UUID signal = postedBefore(creator(), symbol, 60);
        Instant now = Instant.now();

        UUID witness = postedBefore(creator(), symbol, 300);

        tick(symbol, "104", now.minusSeconds(120));
        tick(symbol, "105", now);
        tick(symbol, "200", now.minusSeconds(90));

        awaitOutcome(witness, "hit 200 market");
        assertThat(outcome(signal)).isEqualTo("active");
        assertThat(lastPrice(symbol)).isEqualTo("105");
    }

    @Test
    void with_fresh_prices_a_creator_cannot_resolve() {
        TestUser creator = creator();
        String symbol = freshSymbol();
        UUID signal = posted(creator, signalFields(symbol));
        tick(symbol, "100", Instant.now());
        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("100"));

        asksToResolve(creator, signal, "hit", "111")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("market-resolves")));
    }

    @Test
    void invalid_ticks_are_parked_and_the_others_are_applied() {
        String symbol = freshSymbol();
        UUID signal = posted(creator(), signalFields(symbol));
        Instant now = Instant.now();

        TopicReader.send(Topic.PRICES.topicName(), symbol, "{".getBytes(StandardCharsets.UTF_8), Map.of());
        tick(symbol, "0", now);
        tick(symbol, "-7", now);
        tick(symbol, "1000000000000", now);
        tick(symbol, "111", now.plusSeconds(3600));
        tick(symbol, "111", Instant.parse("+999999999-12-31T23:59:59Z"));
        TopicReader.publish(new PriceTicked(symbol.toLowerCase(Locale.ROOT), new BigDecimal("111"), now), 1);
        tick(symbol, "112", now);

        awaitOutcome(signal, "hit 112 market");
        assertThat(lastPrice(symbol)).isEqualTo("112");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM dead_letters WHERE lower(letter_key) LIKE lower(?)",
                                        symbol + "#%"))
                        .isEqualTo(7));
    }

    @Test
    void a_price_of_more_digits_than_a_column_decides_exactly() {
        String symbol = freshSymbol();
        UUID signal = posted(creator(), signalFields(symbol));
        Map<String, Object> lower = signalFields(symbol);
        lower.put("targetPrice", "109.99999999");
        UUID witness = posted(creator(), lower);

        tick(symbol, "109.999999999", Instant.now());

        awaitOutcome(witness, "hit 110 market");
        assertThat(outcome(signal)).isEqualTo("active");
    }

    private static void tick(String symbol, String price, Instant at) {
        TopicReader.publish(new PriceTicked(symbol, new BigDecimal(price), at), 1);
    }

    private static String lastPrice(String symbol) {
        return Sql.asSuperuser()
                .column("SELECT trim_scale(price)::text FROM last_prices WHERE symbol = ?", symbol)
                .stream()
                .findFirst()
                .map(Object::toString)
                .orElse("none");
    }

    private static void awaitOutcome(UUID signal, String expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(outcome(signal)).isEqualTo(expected));
    }
}
