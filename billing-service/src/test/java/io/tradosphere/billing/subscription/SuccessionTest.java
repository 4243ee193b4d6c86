package io.tradosphere.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.billing.money.Money;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Cancelled as a duplicate, it began after the one that was kept and ended before it. */
    private final Standing duplicate = ended("sub_2", START.plusSeconds(60), START.plusSeconds(120));

    private final Standing kept = ended("sub_1", START, START.plus(Duration.ofDays(40)));

    @Test
    void of_two_that_are_over_the_row_shows_the_one_that_ended_last_whichever_is_fetched_last() {
        assertThat(after(kept, duplicate)).isEqualTo(Succession.IGNORE);
        assertThat(after(duplicate, kept)).isEqualTo(Succession.APPLY);
    }

    @Test
    void of_two_that_ended_at_once_the_row_shows_the_same_one_in_either_order() {
        Standing one = ended("sub_1", START, START.plusSeconds(120));

        assertThat(after(one, duplicate)).isEqualTo(Succession.APPLY);
        assertThat(after(duplicate, one)).isEqualTo(Succession.IGNORE);
    }

    private static Succession after(Standing shown, Standing fetched) {
        return Succession.of(shown.stripeId(), shown.isLive(), shown.accessUntil(), fetched);
    }

    private static Standing ended(String id, Instant start, Instant end) {
        return new Standing(
                id,
                SubscriptionStatus.CANCELLED,
                "canceled",
                Money.ofStripe(999, "usd"),
                start,
                start,
                start.plus(Duration.ofDays(31)),
                false,
                end,
                end,
                end);
    }
}
