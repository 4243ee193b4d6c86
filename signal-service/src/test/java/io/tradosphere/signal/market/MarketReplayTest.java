package io.tradosphere.signal.market;

import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A day of ticks over the signals of many creators, compared with a plain computation of their outcomes. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class MarketReplayTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int SIGNALS = 3_000;
    private static final int CREATORS = 700;
    private static final int TICKS = 1_500;
    private static final Random RANDOM = new Random(20_261_123);

    private static final String MAKE_CREATORS = """
            INSERT INTO profiles (id, username, tier, incarnation, sequence)
            SELECT gen_random_uuid(), 'm' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 25), 'grow', 1, 1
            FROM generate_series(1, ?) RETURNING id
            """;
    private static final String MAKE_SIGNAL = """
            INSERT INTO signals (id, creator_id, incarnation, asset_symbol, asset_type, direction, target_price, stop_loss,
              rationale, posted_at) VALUES (gen_random_uuid(), '%s', 1, '%s', 'crypto', '%s', %s, %s, 'because', '%s');
            """;
    private static final String CALLS = """
            SELECT concat_ws('|', id, creator_id, asset_symbol, direction, coalesce(target_price::text, '-'),
              coalesce(stop_loss::text, '-'), to_char(posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            FROM signals WHERE asset_symbol = ANY (string_to_array(?, ','))
            """;
    private static final String OUTCOMES = """
            SELECT concat_ws(' ', id, status, trim_scale(outcome_price), outcome_source)
            FROM signals WHERE asset_symbol = ANY (string_to_array(?, ','))
            """;
    private static final String RESOLUTIONS = """
            SELECT concat_ws(' ', id, resolved_at, version, xmin) FROM signals
            WHERE asset_symbol = ANY (string_to_array(?, ',')) ORDER BY id
            """;
    private static final String ORDER =
            "SELECT id FROM signals WHERE creator_id = ? AND status <> 'active' ORDER BY resolved_at";
    private static final String ORDERS = """
            SELECT string_agg(id::text, ',' ORDER BY resolved_at) FROM signals
            WHERE asset_symbol = ANY (string_to_array(?, ',')) AND status <> 'active' GROUP BY creator_id
            """;

    @Inject
    Market market;

    private final Instant opening = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
    private final List<String> symbols =
            Stream.generate(() -> freshSymbol()).limit(4).toList();
    private final String symbolList = String.join(",", symbols);

    private record PostedSignal(
            UUID id,
            UUID creator,
            String symbol,
            boolean isLong,
            BigDecimal target,
            BigDecimal stop,
            Instant postedAt) {

        static PostedSignal of(Object line) {
            String[] part = line.toString().split("\\|");
            return new PostedSignal(
                    UUID.fromString(part[0]),
                    UUID.fromString(part[1]),
                    part[2],
                    part[3].equals("LONG"),
                    part[4].equals("-") ? null : new BigDecimal(part[4]),
                    part[5].equals("-") ? null : new BigDecimal(part[5]),
                    Instant.parse(part[6]));
        }

        String outcomeOf(PriceTicked tick) {
            if (!tick.symbol().equals(symbol) || tick.at().isBefore(postedAt)) {
                return null;
            }
            int sign = isLong ? 1 : -1;
            if (stop != null && sign * tick.price().compareTo(stop) <= 0) {
                return "miss";
            }
            return target != null && sign * tick.price().compareTo(target) >= 0 ? "hit" : null;
        }
    }

    @Test
    void every_signal_has_the_outcome_of_the_first_tick_that_crossed_it_and_a_replay_changes_nothing() {
        List<Object> creators = Sql.asSuperuser().column(MAKE_CREATORS, CREATORS);
        makeSignals(creators);
        List<PostedSignal> signals = Sql.asSuperuser().column(CALLS, symbolList).stream()
                .map(PostedSignal::of)
                .toList();
        List<PriceTicked> ticks = ticks();
        Map<UUID, Integer> crossedBy = new HashMap<>();
        List<String> expected = signals.stream()
                .map(signal -> expected(signal, ticks, crossedBy))
                .toList();

        takeInBatches(ticks);

        assertThat(Sql.asSuperuser().column(OUTCOMES, symbolList))
                .hasSize(SIGNALS)
                .map(Object::toString)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected).anyMatch(line -> line.contains(" hit ")).anyMatch(line -> line.contains(" miss "));
        assertThat(expected).anyMatch(line -> line.endsWith(" active"));
        assertThat(Sql.asSuperuser().column(ORDERS, symbolList))
                .as("each creator's signals are resolved in the order of the ticks")
                .allSatisfy(ids -> assertThat(Stream.of(ids.toString().split(","))
                                .map(id -> crossedBy.get(UUID.fromString(id)))
                                .toList())
                        .isSorted());
        List<Object> resolutions = Sql.asSuperuser().column(RESOLUTIONS, symbolList);

        takeInBatches(ticks);

        assertThat(Sql.asSuperuser().column(RESOLUTIONS, symbolList)).isEqualTo(resolutions);
        PublishedEvents.awaitEmptyOutbox();
        for (Object creator : creators.subList(0, 3)) {
            assertThat(ErasureSteps.told(Topic.SIGNALS, creator, SignalResolved.class))
                    .extracting(SignalResolved::signalId)
                    .map(Object.class::cast)
                    .isEqualTo(Sql.asSuperuser().column(ORDER, creator));
        }
    }

    /** Some have no target or no stop; some are posted during the ticks; every creator has several. */
    private void makeSignals(List<Object> creators) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < SIGNALS; i++) {
            boolean isLong = RANDOM.nextBoolean();
            BigDecimal above = price(100 + RANDOM.nextDouble() * 60);
            BigDecimal below = price(100 - RANDOM.nextDouble() * 60);
            UnaryOperator<String> orNone = level -> RANDOM.nextInt(10) == 0 ? "NULL" : level;
            script.append(MAKE_SIGNAL.formatted(
                    creators.get(i % creators.size()),
                    symbols.get(RANDOM.nextInt(symbols.size())),
                    isLong ? "LONG" : "SHORT",
                    orNone.apply((isLong ? above : below).toPlainString()),
                    orNone.apply((isLong ? below : above).toPlainString()),
                    opening.plusSeconds(RANDOM.nextInt(TICKS))));
        }
        Sql.asSuperuser().script(script.toString(), Map.of());
    }

    /** A random walk of each price with occasional gaps; one tick a second, and a few late ones. */
    private List<PriceTicked> ticks() {
        Map<String, Double> prices = symbols.stream().collect(Collectors.toMap(symbol -> symbol, symbol -> 100.0));
        List<PriceTicked> ticks = new ArrayList<>();
        for (int i = 0; i < TICKS; i++) {
            String symbol = symbols.get(RANDOM.nextInt(symbols.size()));
            double step = RANDOM.nextInt(50) == 0 ? 15 : 1;
            double price = Math.max(20, prices.get(symbol) + RANDOM.nextGaussian() * step);
            prices.put(symbol, price);
            long late = RANDOM.nextInt(20) == 0 ? RANDOM.nextInt(100) : 0;
            ticks.add(new PriceTicked(symbol, price(price), opening.plusSeconds(i - late)));
        }
        return ticks;
    }

    private void takeInBatches(List<PriceTicked> ticks) {
        int next = 0;
        while (next < ticks.size()) {
            int end = Math.min(ticks.size(), next + 1 + RANDOM.nextInt(200));
            market.applyTicks(ticks.subList(next, end)).await().atMost(SOON);
            next = end;
        }
    }

    private static String expected(PostedSignal signal, List<PriceTicked> ticks, Map<UUID, Integer> crossedBy) {
        for (int i = 0; i < ticks.size(); i++) {
            String outcome = signal.outcomeOf(ticks.get(i));
            if (outcome != null) {
                crossedBy.put(signal.id(), i);
                return signal.id() + " " + outcome + " "
                        + ticks.get(i).price().stripTrailingZeros().toPlainString() + " market";
            }
        }
        return signal.id() + " active";
    }

    private static BigDecimal price(double price) {
        return BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_UP);
    }
}
