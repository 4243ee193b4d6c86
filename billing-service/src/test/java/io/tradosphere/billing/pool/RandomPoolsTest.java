package io.tradosphere.billing.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random pools and random times as a legend, from requests to payouts. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class RandomPoolsTest {

    private static final int MONTHS = Boolean.getBoolean("tradosphere.full") ? 100 : 10;

    /** No other test uses these months. */
    private static final YearMonth FIRST = YearMonth.of(2010, 1);

    private final Random random = new Random(14);
    private final TestUser admin = TestUser.withRole("platform-admin");

    @Test
    void shares_of_a_random_pool_and_random_times_sum_exactly_and_twice_changes_nothing() {
        List<TestUser> people = KnownProfiles.of(Tier.GROW, 8);
        for (int i = 0; i < MONTHS; i++) {
            YearMonth month = FIRST.plusMonths(i);
            long cents = accrue(month);
            Map<UUID, Long> seconds = new HashMap<>();
            people.forEach(person -> seconds.put(person.id(), 0L));
            people.subList(0, 1 + random.nextInt(people.size()))
                    .forEach(person -> seconds.put(person.id(), live(person, month)));

            Map<UUID, BigDecimal> shares = distribute(month);
            Map<UUID, BigDecimal> again = distribute(month);

            assertThat(shares.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(BigDecimal.valueOf(cents, 2));
            double total = seconds.values().stream().mapToLong(Long::longValue).sum();
            seconds.forEach((person, time) -> assertThat(shares.getOrDefault(person, BigDecimal.ZERO)
                            .movePointRight(2)
                            .doubleValue())
                    .as("%s, %d s of %s", person, time, month)
                    .isBetween(cents * (time / total) - 1.01, cents * (time / total) + 1.01));
            assertThat(again).isEqualTo(shares);
            assertThat(payouts(month))
                    .isEqualTo(shares.values().stream()
                            .filter(share -> share.signum() > 0)
                            .count());
            // The spans of this month must not reach into the next one.
            Sql.asSuperuser().execute("DELETE FROM legend_spans WHERE since < ?::timestamptz", "2020-01-01T00:00:00Z");
        }
    }

    /** From a cent to a million, in up to three parts. */
    private long accrue(YearMonth month) {
        long sum = 0;
        int parts = 1 + random.nextInt(3);
        for (int part = 0; part < parts; part++) {
            long cents = 1 + random.nextLong((long) Math.pow(10, 1 + random.nextInt(8)));
            admin.asking()
                    .header("Idempotency-Key", month + "-random-" + part)
                    .body(Map.of("amount", BigDecimal.valueOf(cents, 2).toPlainString()))
                    .post("/v1/legends-pool/{month}/accruals", month.toString())
                    .then()
                    .statusCode(201);
            sum += cents;
        }
        return sum;
    }

    /** Up to three times as a legend, which may begin before the month and last beyond it; their seconds in the month. */
    private long live(TestUser person, YearMonth month) {
        Instant start = start(month);
        Instant end = start(month.plusMonths(1));
        Instant since = start.minus(Duration.ofDays(3)).plusSeconds(random.nextInt(20 * 86_400));
        long seconds = 0;
        int times = 1 + random.nextInt(3);
        for (int time = 0; time < times; time++) {
            Instant until = since.plusSeconds(1 + random.nextInt(25 * 86_400));
            boolean lasts = time == times - 1 && random.nextInt(4) == 0;
            insert(person, since, lasts ? null : until);
            Instant from = since.isBefore(start) ? start : since;
            Instant to = lasts || until.isAfter(end) ? end : until;
            seconds += Math.max(0, Duration.between(from, to).toSeconds());
            since = until.plusSeconds(1 + random.nextInt(86_400));
        }
        return seconds;
    }

    private static void insert(TestUser person, Instant since, Instant until) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO legend_spans (profile_id, since, until, incarnation, sequence)"
                                + " VALUES (?, ?::timestamptz, ?::timestamptz, ?, 1)",
                        person.id(),
                        since.toString(),
                        until == null ? null : until.toString(),
                        KnownProfiles.incarnation(person));
    }

    private Map<UUID, BigDecimal> distribute(YearMonth month) {
        Response distributed = admin.asking().post("/v1/legends-pool/{month}/distribute", month.toString());
        distributed.then().statusCode(200);
        List<Map<String, String>> shares = distributed.path("shares");
        Map<UUID, BigDecimal> byPerson = new HashMap<>();
        shares.forEach(
                share -> byPerson.put(UUID.fromString(share.get("profileId")), new BigDecimal(share.get("amount"))));
        return byPerson;
    }

    private static long payouts(YearMonth month) {
        return Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM payouts p JOIN legends_pool l ON l.id = p.source_id WHERE l.month = ?::date",
                        month.atDay(1).toString());
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
