package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Reading.Either;
import io.tradosphere.signal.parse.Reading.None;
import io.tradosphere.signal.parse.Reading.Several;
import io.tradosphere.signal.parse.Reading.Style;
import io.tradosphere.signal.parse.Reading.Sure;
import io.tradosphere.signal.parse.Token.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads numbers as they are written on either side of the Atlantic: {@code 64,250.50}, {@code 64.250,50}, {@code 61.5k}. */
final class NumberReader {

    /** More digits than any price has. */
    private static final int LONGEST = 40;

    private static final Map<String, Integer> POWERS = Map.of("K", 3, "TSD", 3, "M", 6, "MIO", 6, "MN", 6, "MLN", 6);
    private static final Set<String> CURRENCIES =
            Set.of("", "USD", "USDT", "USDC", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD");

    private NumberReader() {}

    /** Whether a number with this unit can be a price. */
    static boolean isPriceUnit(String unit) {
        return CURRENCIES.contains(unit) || POWERS.containsKey(unit);
    }

    /** What the figure may be, its unit included. */
    static Reading read(Figure figure) {
        String digits = figure.digits().replace("'", "");
        int power = POWERS.getOrDefault(figure.unitKey(), 0);
        if (digits.length() > LONGEST) {
            return new None();
        }
        List<Integer> points = positions(digits, '.');
        List<Integer> commas = positions(digits, ',');
        if (points.isEmpty() && commas.isEmpty()) {
            return sure(digits, power, null);
        }
        if (!points.isEmpty() && !commas.isEmpty()) {
            return both(digits, points, commas, power);
        }
        char separator = points.isEmpty() ? ',' : '.';
        List<Integer> all = points.isEmpty() ? commas : points;
        return all.size() == 1 ? one(digits, separator, all.get(0), power) : many(digits, separator, all, power);
    }

    private static Reading both(String digits, List<Integer> points, List<Integer> commas, int power) {
        boolean pointLast = last(points) > last(commas);
        List<Integer> groups = pointLast ? commas : points;
        int decimal = last(pointLast ? points : commas);
        boolean once = (pointLast ? points : commas).size() == 1;
        if (once && areThousands(digits.substring(0, decimal), groups)) {
            String whole = digits.substring(0, decimal).replace(pointLast ? "," : ".", "");
            return sure(whole + "." + digits.substring(decimal + 1), power, pointLast ? Style.POINT : Style.COMMA);
        }
        return list(digits, power);
    }

    /** The same separator again and again: thousands, or else a list, or with points no number. */
    private static Reading many(String digits, char separator, List<Integer> positions, int power) {
        if (areThousands(digits, positions)) {
            return sure(
                    digits.replace(String.valueOf(separator), ""), power, separator == '.' ? Style.COMMA : Style.POINT);
        }
        return separator == ',' ? list(digits, power) : new None();
    }

    private static Reading one(String digits, char separator, int position, int power) {
        String broken = digits.replace(separator, '.');
        boolean mayGroup = areThousands(digits, List.of(position)) && !digits.startsWith("0") && power == 0;
        if (!mayGroup) {
            return sure(broken, power, separator == '.' ? Style.POINT : Style.COMMA);
        }
        return new Either(
                separator, new BigDecimal(broken), new BigDecimal(digits.replace(String.valueOf(separator), "")));
    }

    private static Reading list(String digits, int power) {
        List<BigDecimal> values = new ArrayList<>();
        for (String part : digits.split(",")) {
            if (positions(part, '.').size() > 1) {
                return new None();
            }
            values.add(new BigDecimal(part).scaleByPowerOfTen(power));
        }
        return new Several(values);
    }

    private static Sure sure(String plain, int power, Style style) {
        return new Sure(new BigDecimal(plain).scaleByPowerOfTen(power), style);
    }

    /** Whether these separators part the digits into threes, the first up to three. */
    private static boolean areThousands(String digits, List<Integer> positions) {
        int first = positions.get(0);
        for (int i = 0; i < positions.size(); i++) {
            int end = i + 1 < positions.size() ? positions.get(i + 1) : digits.length();
            if (end - positions.get(i) != 4) {
                return false;
            }
        }
        return first >= 1 && first <= 3;
    }

    private static List<Integer> positions(String digits, char separator) {
        List<Integer> found = new ArrayList<>();
        for (int i = digits.indexOf(separator); i >= 0; i = digits.indexOf(separator, i + 1)) {
            found.add(i);
        }
        return found;
    }

    private static int last(List<Integer> positions) {
        return positions.get(positions.size() - 1);
    }
}
