package io.tradosphere.billing.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final long MONTH_MICROS = 31L * 86_400 * 1_000_000;

    @Test
    void shares_of_random_pools_and_times_sum_exactly_and_are_within_a_cent_of_their_part() {
        Random random = new Random(14);
        for (int round = 0; round < 2_000; round++) {
            long cents = random.nextLong(1, 100_000_000_000L);
            Map<UUID, Long> weights = new HashMap<>();
            int legends = 1 + random.nextInt(50);
            for (int i = 0; i < legends; i++) {
                weights.put(new UUID(random.nextLong(), i), random.nextLong(1, MONTH_MICROS));
            }

            Map<UUID, Long> shares = Shares.split(cents, weights);

            assertThat(shares.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(cents);
            double total =
                    weights.values().stream().mapToDouble(Long::doubleValue).sum();
            shares.forEach((owner, share) -> assertThat((double) share)
                    .isBetween(
                            cents * (weights.get(owner) / total) - 1.01, cents * (weights.get(owner) / total) + 1.01));
            assertThat(Shares.split(cents, weights)).isEqualTo(shares);
        }
    }

    @Test
    void equal_parts_differ_by_a_cent_at_most_and_the_first_ids_get_it() {
        UUID first = new UUID(0, 1);
        UUID second = new UUID(0, 2);
        UUID third = new UUID(0, 3);

        assertThat(Shares.split(100, Map.of(third, 7L, second, 7L, first, 7L)))
                .containsEntry(first, 34L)
                .containsEntry(second, 33L)
                .containsEntry(third, 33L);
    }
}
