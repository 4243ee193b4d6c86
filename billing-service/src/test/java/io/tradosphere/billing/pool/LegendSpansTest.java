package io.tradosphere.billing.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.LegendSpan;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times as a legend, of which Kafka's compaction leaves the last event alone. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class LegendSpansTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private final TestUser alice = KnownProfiles.of(Tier.GROW);

    @Test
    void a_time_that_began_and_ended_unseen_is_known_by_any_later_event() {
        LegendSpan unseen = new LegendSpan(daysAgo(20), daysAgo(10));

        tell(Tier.GROW, daysAgo(10), List.of(unseen), 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(spans()).containsExactly(text(unseen)));
    }

    @Test
    void a_time_whose_end_was_not_seen_ends_when_it_did_and_not_with_the_next_one() {
        tell(Tier.LEGEND, daysAgo(40), null, 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(spans()).containsExactly(micros(daysAgo(40)) + " "));
        LegendSpan ended = new LegendSpan(daysAgo(40), daysAgo(30));

        tell(Tier.LEGEND, daysAgo(5), List.of(ended), 2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(spans()).containsExactly(text(ended), micros(daysAgo(5)) + " "));

        // An older event that comes again changes nothing.
        tell(Tier.LEGEND, daysAgo(40), null, 1);
        tell(Tier.GROW, daysAgo(1), List.of(ended, new LegendSpan(daysAgo(5), daysAgo(1))), 3);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(spans()).containsExactly(text(ended), text(new LegendSpan(daysAgo(5), daysAgo(1)))));
    }

    private void tell(Tier tier, Instant since, List<LegendSpan> before, int later) {
        long incarnation = KnownProfiles.incarnation(alice);
        TopicReader.publish(
                new ProfileUpdated(new ProfileState(
                        alice.id(),
                        TestUser.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tier,
                        since,
                        incarnation,
                        daysAgo(50),
                        before)),
                incarnation + later);
    }

    private List<Object> spans() {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat((extract(epoch FROM since) * 1000000)::bigint, ' ',"
                                + " (extract(epoch FROM until) * 1000000)::bigint)"
                                + " FROM legend_spans WHERE profile_id = ? ORDER BY since",
                        alice.id());
    }

    private static String text(LegendSpan span) {
        return micros(span.since()) + " " + micros(span.until());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
