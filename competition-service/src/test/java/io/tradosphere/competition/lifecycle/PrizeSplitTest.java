package io.tradosphere.competition.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.competition.lifecycle.PrizeSplit.RankedUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrizeSplitTest {

    private static final List<BigDecimal> THREE_PLACES = percent("50", "30", "20");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 5, 950.00",
        "100.01, 5, 95.01",
        "0.33, 5, 0.31",
        "12.34, 0, 12.34",
        "12.34, 100, 0.00",
        "0.01, 50, 0.01"
    })
    void the_platform_keeps_its_fee(String pool, String fee, String left) {
        assertThat(PrizeSplit.afterFee(new BigDecimal(pool), new BigDecimal(fee)))
                .isEqualTo(new BigDecimal(left));
    }

    @Test
    void each_place_gets_its_part() {
        assertThat(amounts("950.00", THREE_PLACES, 1, 2, 3, 4)).containsExactly("475.00", "285.00", "190.00", "0.00");
    }

    @Test
    void those_who_share_a_rank_share_what_their_places_get_together() {
        assertThat(amounts("100.00", THREE_PLACES, 1, 1, 3)).containsExactly("40.00", "40.00", "20.00");
        assertThat(amounts("100.00", THREE_PLACES, 1, 2, 2, 4)).containsExactly("50.00", "25.00", "25.00", "0.00");
    }

    @Test
    void those_who_share_the_last_place_with_a_prize_share_that_prize() {
        assertThat(amounts("100.00", THREE_PLACES, 1, 2, 3, 3, 3, 3))
                .containsExactly("50.00", "30.00", "5.00", "5.00", "5.00", "5.00");
    }

    @Test
    void untaken_places_share_their_part_proportionally() {
        assertThat(amounts("80.00", THREE_PLACES, 1, 2)).containsExactly("50.00", "30.00");
        assertThat(amounts("80.00", THREE_PLACES, 1)).containsExactly("80.00");
        assertThat(amounts("80.00", THREE_PLACES)).isEmpty();
    }

    @Test
    void
            a_cent_that_is_left_over_goes_to_whoever_was_rounded_down_the_most_then_to_the_lower_rank_then_to_the_lower_id() {
        assertThat(amounts("0.07", THREE_PLACES, 1, 2, 3)).containsExactly("0.04", "0.02", "0.01");
        assertThat(amounts("0.05", percent("40", "30", "30"), 1, 2, 3)).containsExactly("0.02", "0.02", "0.01");
        assertThat(amounts("100.00", THREE_PLACES, 1, 1, 1)).containsExactly("33.34", "33.33", "33.33");
    }

    @Test
    void an_id_counts_as_the_database_orders_it() {
        UUID low = UUID.fromString("7fffffff-0000-4000-8000-000000000000");
        UUID high = UUID.fromString("80000000-0000-4000-8000-000000000000");

        assertThat(PrizeSplit.splitEqually(new BigDecimal("0.01"), List.of(high, low)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(low, new BigDecimal("0.01"), high, new BigDecimal("0.00")));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void prizes_always_sum_to_the_pool_and_never_increase_with_rank(long seed) {
        Random random = new Random(seed);
        BigDecimal pool =
                BigDecimal.valueOf(Math.floorMod(random.nextLong(), random.nextBoolean() ? 500L : 10_000_000_000L), 2);
        List<BigDecimal> distribution = randomDistribution(random);
        List<RankedUnit> placed = randomPlaces(random);
        List<RankedUnit> shuffled = new ArrayList<>(placed);
        Collections.shuffle(shuffled, random);

        Map<UUID, BigDecimal> prizes = PrizeSplit.distribute(pool, distribution, placed);

        assertThat(prizes.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(pool);
        assertThat(prizes).hasSize(placed.size()).isEqualTo(PrizeSplit.distribute(pool, distribution, shuffled));
        for (int i = 1; i < placed.size(); i++) {
            BigDecimal before = prizes.get(placed.get(i - 1).id());
            BigDecimal after = prizes.get(placed.get(i).id());
            boolean tied = placed.get(i - 1).rank() == placed.get(i).rank();
            assertThat(after.subtract(before)).isLessThanOrEqualTo(tied ? new BigDecimal("0.01") : BigDecimal.ZERO);
        }
    }

    /** A non-increasing distribution with two decimals. */
    private static List<BigDecimal> randomDistribution(Random random) {
        return random.ints(1 + random.nextInt(12), 1, 5_000)
                .boxed()
                .sorted(Collections.reverseOrder())
                .map(part -> BigDecimal.valueOf(part, 2).stripTrailingZeros())
                .toList();
    }

    private static List<RankedUnit> randomPlaces(Random random) {
        List<RankedUnit> placed = new ArrayList<>();
        int people = 1 + random.nextInt(30);
        int rank = 1;
        for (int i = 1; i <= people; i++) {
            rank = i == 1 || random.nextInt(3) > 0 ? i : rank;
            placed.add(new RankedUnit(new UUID(random.nextLong(), random.nextLong()), rank));
        }
        return placed;
    }

    /** The prizes of units with these ranks, in id order. */
    private static List<String> amounts(String pool, List<BigDecimal> distribution, int... ranks) {
        List<RankedUnit> placed = IntStream.range(0, ranks.length)
                .mapToObj(i -> new RankedUnit(new UUID(0, i), ranks[i]))
                .toList();
        Map<UUID, BigDecimal> prizes = PrizeSplit.distribute(new BigDecimal(pool), distribution, placed);
        return placed.stream().map(one -> prizes.get(one.id()).toPlainString()).toList();
    }

    private static List<BigDecimal> percent(String... parts) {
        return Stream.of(parts).map(BigDecimal::new).toList();
    }
}
