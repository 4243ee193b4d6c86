package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.parse.Reading.Either;
import io.tradosphere.signal.parse.Reading.Several;
import io.tradosphere.signal.parse.Reading.Style;
import io.tradosphere.signal.parse.Reading.Sure;
import io.tradosphere.signal.parse.Token.Figure;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;

/** Decides what an ambiguous number is by the other numbers of the same text: their size, and how they are written. */
final class Prices {

    /** Prices of one asset are of one size: nothing else in a call is so near the entry as its target and its stop. */
    private static final BigDecimal NEAR = BigDecimal.valueOf(3);

    private final TreeSet<BigDecimal> known = new TreeSet<>();
    private boolean points;
    private boolean commas;
    private final boolean foreign;

    /**
     * The prices of a text.
     *
     * @param figures every number that may be a price
     * @param foreign whether the text has words of a language that writes decimals after a comma
     */
    Prices(List<Figure> figures, boolean foreign) {
        this.foreign = foreign;
        for (Figure figure : figures) {
            Reading reading = NumberReader.read(figure);
            if (reading instanceof Sure sure) {
                known.add(sure.value());
                points |= sure.style() == Style.POINT;
                commas |= sure.style() == Style.COMMA;
            } else if (reading instanceof Several several) {
                known.addAll(several.values());
            }
        }
    }

    /** The prices that the figure stands for: none if it is no number, several if it is a list. */
    List<Price> of(Figure figure) {
        Reading reading = NumberReader.read(figure);
        if (reading instanceof Sure sure) {
            return List.of(new Price(sure.value(), null));
        }
        if (reading instanceof Either either) {
            return List.of(decide(figure, either));
        }
        if (reading instanceof Several several) {
            return several.values().stream()
                    .map(value -> new Price(value, null))
                    .toList();
        }
        return List.of();
    }

    private Price decide(Figure figure, Either either) {
        boolean pointText = points && !commas;
        boolean commaText = commas && !points;
        boolean brokenIsNear = isNear(either.broken());
        boolean groupedIsNear = isNear(either.grouped());
        boolean byStyle = either.separator() == '.' ? pointText : commaText;
        boolean byDefault = either.separator() == '.' ? !foreign : foreign;
        boolean broken = brokenIsNear != groupedIsNear ? brokenIsNear : pointText || commaText ? byStyle : byDefault;
        boolean told = (pointText || commaText) && broken == byStyle && (broken ? brokenIsNear : groupedIsNear);
        BigDecimal value = broken ? either.broken() : either.grouped();
        BigDecimal other = broken ? either.grouped() : either.broken();
        return new Price(
                value,
                told
                        ? null
                        : figure.digits() + " is taken for " + Decimals.plain(value) + "; it may be "
                                + Decimals.plain(other));
    }

    private boolean isNear(BigDecimal value) {
        BigDecimal below = known.floor(value);
        BigDecimal above = known.ceiling(value);
        return below != null && below.multiply(NEAR).compareTo(value) >= 0
                || above != null && value.multiply(NEAR).compareTo(above) >= 0;
    }
}
