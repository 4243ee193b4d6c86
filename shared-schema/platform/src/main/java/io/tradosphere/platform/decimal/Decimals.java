package io.tradosphere.platform.decimal;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parsing and formatting of exact decimal numbers. */
public final class Decimals {

    /** Limits digits and exponent: a large exponent would need gigabytes in plain notation. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?");

    private Decimals() {}

    /** Parses a number, without trailing zeros; empty when the text is not a number. */
    public static Optional<BigDecimal> parse(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(stripped(new BigDecimal(text))) : Optional.empty();
    }

    /** The number's digits without trailing zeros and without an exponent; null stays null. */
    public static String plain(BigDecimal number) {
        return number == null ? null : stripped(number).toPlainString();
    }

    /** The number without trailing zeros and with no negative scale; null stays null. */
    public static BigDecimal stripped(BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
