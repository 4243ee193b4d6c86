package io.tradosphere.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written. */
final class Figures {

    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private Figures() {}

    /** To four digits, null for what isn't a number: JSON has no NaN. */
    static BigDecimal rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(FOUR_DIGITS) : null;
    }

    /** To as many digits as one looks at; empty for what isn't a number. */
    static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        double size = Math.abs(value);
        String format = size == 0 || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
