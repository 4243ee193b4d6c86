package io.tradosphere.signal.trade.statistics;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.signal.trade.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Which closed trades are measured, and against what.
 *
 * @param from not closed before; null for all that were
 * @param to closed before; null for all that are
 * @param base what there was to trade with at the beginning
 */
record Period(Instant from, Instant to, BigDecimal base) {

    private static final BigDecimal DEFAULT_BASE = BigDecimal.valueOf(10_000);
    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 8;

    /**
     * Reads the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static Period of(String from, String to, String base) {
        Period period = new Period(Times.from("from", from), Times.to("to", to), base(base));
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
        return Problems.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
