package io.tradosphere.platform.performance;

import io.tradosphere.platform.decimal.Decimal;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A point of the equity curve.
 *
 * @param day a day on which trades were closed
 * @param netPnl the sum of their profits and losses after fees
 * @param equity the equity at the end of the day
 */
public record DayEquity(
        LocalDate day, @Decimal BigDecimal netPnl, @Decimal BigDecimal equity) {}
