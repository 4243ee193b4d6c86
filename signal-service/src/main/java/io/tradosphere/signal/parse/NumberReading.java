package io.tradosphere.signal.parse;

import java.math.BigDecimal;
import java.util.List;

/** The possible values of a number token. */
sealed interface NumberReading
        permits NumberReading.Certain, NumberReading.Ambiguous, NumberReading.Multiple, NumberReading.NotANumber {

    /**
     * One number.
     *
     * @param style the decimal separator that its form shows; null when it shows none
     */
    record Certain(BigDecimal value, Style style) implements NumberReading {}

    /**
     * One of two numbers: its only separator has three digits after it.
     *
     * @param separator {@code .} or {@code ,}
     * @param decimal the number if it is a decimal separator
     * @param grouped the number if it separates thousands
     */
    record Ambiguous(char separator, BigDecimal decimal, BigDecimal grouped) implements NumberReading {}

    /** A list of numbers separated by commas without spaces. */
    record Multiple(List<BigDecimal> values) implements NumberReading {}

    /** No number: a date, a version, an address. */
    record NotANumber() implements NumberReading {}

    /** The decimal separator of a writer. */
    enum Style {
        POINT,
        COMMA
    }
}
