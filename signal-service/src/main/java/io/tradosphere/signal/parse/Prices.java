package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.parse.NumberReading.Ambiguous;
import io.tradosphere.signal.parse.NumberReading.Certain;
import io.tradosphere.signal.parse.NumberReading.Multiple;
import io.tradosphere.signal.parse.NumberReading.Style;
import io.tradosphere.signal.parse.Token.NumberToken;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;

/** Resolves ambiguous numbers by the other numbers of the text: their magnitude and their separators. */
final class Prices {

    /** The maximum ratio between two prices of one asset. */
    private static final BigDecimal NEAR = BigDecimal.valueOf(3);

    private final TreeSet<BigDecimal> certain = new TreeSet<>();
    private boolean points;
    private boolean commas;
    private final boolean commaDecimals;

    /**
     * The prices of a text.
     *
     * @param numbers every number that may be a price
     * @param commaDecimals whether the text has words of a language that writes a decimal comma
     */
    Prices(List<NumberToken> numbers, boolean commaDecimals) {
        this.commaDecimals = commaDecimals;
        for (NumberToken number : numbers) {
            NumberReading reading = NumberReader.read(number);
            if (reading instanceof Certain value) {
                certain.add(value.value());
                points |= value.style() == Style.POINT;
                commas |= value.style() == Style.COMMA;
            } else if (reading instanceof Multiple multiple) {
                certain.addAll(multiple.values());
            }
        }
    }

    /** The prices of a number token: none if it is no number, several if it is a list. */
    List<Price> of(NumberToken number) {
        NumberReading reading = NumberReader.read(number);
        if (reading instanceof Certain value) {
            return List.of(new Price(value.value(), null));
        }
        if (reading instanceof Ambiguous ambiguous) {
            return List.of(decide(number, ambiguous));
        }
        if (reading instanceof Multiple multiple) {
            return multiple.values().stream()
                    .map(value -> new Price(value, null))
                    .toList();
        }
        return List.of();
    }

    private Price decide(NumberToken number, Ambiguous ambiguous) {
        boolean pointText = points && !commas;
        boolean commaText = commas && !points;
        boolean decimalIsNear = isNear(ambiguous.decimal());
        boolean groupedIsNear = isNear(ambiguous.grouped());
        boolean byStyle = ambiguous.separator() == '.' ? pointText : commaText;
        boolean byDefault = ambiguous.separator() == '.' ? !commaDecimals : commaDecimals;
        boolean decimal = decimalIsNear != groupedIsNear ? decimalIsNear : pointText || commaText ? byStyle : byDefault;
        boolean confirmed = (pointText || commaText) && decimal == byStyle && (decimal ? decimalIsNear : groupedIsNear);
        BigDecimal value = decimal ? ambiguous.decimal() : ambiguous.grouped();
        BigDecimal other = decimal ? ambiguous.grouped() : ambiguous.decimal();
        return new Price(
                value,
                confirmed
                        ? null
                        : number.digits() + " is taken for " + Decimals.plain(value) + "; it may be "
                                + Decimals.plain(other));
    }

    private boolean isNear(BigDecimal value) {
        BigDecimal below = certain.floor(value);
        BigDecimal above = certain.ceiling(value);
        return below != null && below.multiply(NEAR).compareTo(value) >= 0
                || above != null && value.multiply(NEAR).compareTo(above) >= 0;
    }
}
