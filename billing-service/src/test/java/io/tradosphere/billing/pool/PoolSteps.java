package io.tradosphere.billing.pool;

import io.restassured.response.Response;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;

/** Test fixtures: pools of the legends, each in a month of its own. */
public final class PoolSteps {

    private static final TestUser ADMIN = TestUser.withRole("platform-admin");

    private static int months;

    private PoolSteps() {}

    /** Each test has a month of its own. */
    public static synchronized YearMonth nextMonth() {
        return YearMonth.of(2001, 1).plusMonths(months++);
    }

    /** Somebody was a legend between these days of a month, counted from 0. */
    public static void wasLegend(TestUser person, YearMonth month, int fromDay, int toDay) {
        Instant start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        Sql.asSuperuser()
                .script(
                        "INSERT INTO legend_spans (profile_id, since, until, incarnation, sequence)"
                                + " VALUES ($person, $since, $until, $incarnation, 1)",
                        Map.of(
                                "person", person,
                                "since", start.plus(Duration.ofDays(fromDay)).toString(),
                                "until", start.plus(Duration.ofDays(toDay)).toString(),
                                "incarnation", KnownProfiles.incarnation(person)));
    }

    /** @param key null for a request without a key */
    public static Response accrue(YearMonth month, String amount, String key) {
        var request = ADMIN.asking().body(Map.of("amount", amount));
        return (key == null ? request : request.header("Idempotency-Key", month + key))
                .post("/v1/legends-pool/{month}/accruals", month.toString());
    }

    /** The response to a request that distributes a pool. */
    public static Response distribute(YearMonth month) {
        return ADMIN.asking().post("/v1/legends-pool/{month}/distribute", month.toString());
    }
}
