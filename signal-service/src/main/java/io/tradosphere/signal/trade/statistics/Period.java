package io.tradosphere.signal.trade.statistics;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.trade.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * The closed trades to measure, and the initial equity.
 *
 * @param from only trades closed at this time or later; null for no bound
 * @param to only trades closed before this time; null for no bound
 * @param base the equity at the beginning
 * @param zone whose days are counted
 */
record Period(Instant from, Instant to, BigDecimal base, ZoneId zone) {

    private static final BigDecimal DEFAULT_BASE = BigDecimal.valueOf(10_000);
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 8;

    /**
     * Reads the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static Period of(String from, String to, String base, String timeZone) {
        ZoneId zone = Times.zone(timeZone);
        Period period = new Period(Times.from("from", from, zone), Times.to("to", to, zone), base(base), zone);
        if (period.from != null && period.to != null && !period.from.isBefore(period.to)) {
            throw invalid("to", "is after from");
        }
        return period;
    }

    private static BigDecimal base(String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_BASE;
        }
        return Decimals.parse(text)
                .filter(base -> base.signum() > 0 && base.compareTo(LIMIT) < 0 && base.scale() <= MOST_DECIMALS)
                .orElseThrow(
                        () -> invalid("base", "is more than 0 and less than 1000000000000, with at most 8 decimals"));
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
