package io.tradosphere.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Formats numbers for the report. */
final class NumberFormats {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private NumberFormats() {}

    /** Rounds to four digits; null for a non-finite value, since JSON has no NaN. */
    static BigDecimal rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(FOUR_DIGITS) : null;
    }

    /** Formats with a readable number of digits; empty for a non-finite value. */
    static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        double size = Math.abs(value);
        String format = size == 0 || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
