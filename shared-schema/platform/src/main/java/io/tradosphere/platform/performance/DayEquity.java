package io.tradosphere.platform.performance;

import io.tradosphere.platform.decimal.Decimal;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A point of the equity curve.
 *
 * @param day a UTC day on which trades were closed
 * @param netPnl what they made together, after fees
 * @param equity what there was at the day's end
 */
public record DayEquity(
        LocalDate day, @Decimal BigDecimal netPnl, @Decimal BigDecimal equity) {}
