package io.tradosphere.signal.trade.imports;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Quotients of decimals. */
final class Ratios {

    private static final int SCALE = 8;

    private Ratios() {}

    /** The quotient without its sign, for comparisons only; null when the divisor is 0. */
    static BigDecimal of(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0
                ? null
                : dividend.divide(divisor, MathContext.DECIMAL32).abs();
    }

    /** The share that a part of a quantity has of an amount, to 8 decimals. */
    static BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal quantity) {
        return part.compareTo(quantity) == 0
                ? amount
                : amount.multiply(part).divide(quantity, SCALE, RoundingMode.HALF_EVEN);
    }

    /** A number with at most 8 decimals. */
    static BigDecimal rounded(BigDecimal number) {
        return number.scale() > SCALE ? number.setScale(SCALE, RoundingMode.HALF_EVEN) : number;
    }
}
