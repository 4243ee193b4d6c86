package io.tradosphere.signal.parse;

import java.math.BigDecimal;
import java.util.List;

/** What a written number may be. */
sealed interface Reading permits Reading.Sure, Reading.Either, Reading.Several, Reading.None {

    /**
     * One number.
     *
     * @param style the way of writing that it gives away; null when it gives none away
     */
    record Sure(BigDecimal value, Style style) implements Reading {}

    /**
     * One of two numbers, since its one separator has three digits after it.
     *
     * @param separator {@code .} or {@code ,}
     * @param broken the number if the separator is a decimal point
     * @param grouped the number if it parts thousands
     */
    record Either(char separator, BigDecimal broken, BigDecimal grouped) implements Reading {}

    /** A list of numbers with commas and no spaces between. */
    record Several(List<BigDecimal> values) implements Reading {}

    /** No number: a date, a version, an address. */
    record None() implements Reading {}

    /** Which separator a writer has before decimals. */
    enum Style {
        POINT,
        COMMA
    }
}
