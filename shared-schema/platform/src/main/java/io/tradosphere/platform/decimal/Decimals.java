package io.tradosphere.platform.decimal;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal numbers as people and brokers write them. */
public final class Decimals {

    /** More digits than any column holds; and no exponent that would take gigabytes to write out. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,2})?");

    private Decimals() {}

    /** The number that the text is, without trailing zeros; empty when it is none. */
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
