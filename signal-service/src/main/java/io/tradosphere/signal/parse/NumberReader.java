package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.NumberReading.Ambiguous;
import io.tradosphere.signal.parse.NumberReading.Certain;
import io.tradosphere.signal.parse.NumberReading.Multiple;
import io.tradosphere.signal.parse.NumberReading.NotANumber;
import io.tradosphere.signal.parse.NumberReading.Style;
import io.tradosphere.signal.parse.Token.NumberToken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads numbers with either decimal separator: {@code 64,250.50}, {@code 64.250,50}, {@code 61.5k}. */
final class NumberReader {

    /** The maximum number of digits. */
    private static final int LONGEST = 40;

    private static final Map<String, Integer> POWERS =
            Map.of("K", 3, "К", 3, "TSD", 3, "ТЫС", 3, "千", 3, "万", 4, "M", 6, "MIO", 6, "MN", 6, "MLN", 6);
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}('\\d{3})+([.,]\\d+)?");
    private static final Set<String> CURRENCIES =
            Set.of("", "USD", "USDT", "USDC", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD");

    private NumberReader() {}

    /** Whether a number with this unit can be a price. */
    static boolean isPriceUnit(String unit) {
        return CURRENCIES.contains(unit) || POWERS.containsKey(unit);
    }

    /** The possible values of a number token, scaled by its unit. */
    static NumberReading read(NumberToken number) {
        if (number.digits().indexOf(PlainText.GROUP) >= 0
                && !GROUPED.matcher(number.digits()).matches()) {
            return new NotANumber();
        }
        String digits = number.digits().replace("'", "");
        int power = POWERS.getOrDefault(number.unitKey(), 0);
        if (digits.length() > LONGEST) {
            return new NotANumber();
        }
        List<Integer> points = positions(digits, '.');
        List<Integer> commas = positions(digits, ',');
        if (points.isEmpty() && commas.isEmpty()) {
            return certain(digits, power, null);
        }
        if (!points.isEmpty() && !commas.isEmpty()) {
            return withBothSeparators(digits, points, commas, power);
        }
        char separator = points.isEmpty() ? ',' : '.';
        List<Integer> all = points.isEmpty() ? commas : points;
        return all.size() == 1
                ? withOneSeparator(digits, separator, all.get(0), power)
                : withRepeatedSeparator(digits, separator, all, power);
    }

    private static NumberReading withBothSeparators(
            String digits, List<Integer> points, List<Integer> commas, int power) {
        boolean pointLast = last(points) > last(commas);
        List<Integer> groups = pointLast ? commas : points;
        int decimal = last(pointLast ? points : commas);
        boolean once = (pointLast ? points : commas).size() == 1;
        if (once && areThousands(digits.substring(0, decimal), groups)) {
            String whole = digits.substring(0, decimal).replace(pointLast ? "," : ".", "");
            return certain(whole + "." + digits.substring(decimal + 1), power, pointLast ? Style.POINT : Style.COMMA);
        }
        return list(digits, power);
    }

    /** Several separators of one kind: thousands, or a list of numbers separated by commas, or no number. */
    private static NumberReading withRepeatedSeparator(
            String digits, char separator, List<Integer> positions, int power) {
        if (areThousands(digits, positions)) {
            return certain(
                    digits.replace(String.valueOf(separator), ""), power, separator == '.' ? Style.COMMA : Style.POINT);
        }
        return separator == ',' ? list(digits, power) : new NotANumber();
    }

    private static NumberReading withOneSeparator(String digits, char separator, int position, int power) {
        String asDecimal = digits.replace(separator, '.');
        boolean mayGroup = areThousands(digits, List.of(position)) && !digits.startsWith("0") && power == 0;
        if (!mayGroup) {
            return certain(asDecimal, power, separator == '.' ? Style.POINT : Style.COMMA);
        }
        return new Ambiguous(
                separator, new BigDecimal(asDecimal), new BigDecimal(digits.replace(String.valueOf(separator), "")));
    }

    private static NumberReading list(String digits, int power) {
        List<BigDecimal> values = new ArrayList<>();
        for (String part : digits.split(",")) {
            if (positions(part, '.').size() > 1) {
                return new NotANumber();
            }
            values.add(new BigDecimal(part).scaleByPowerOfTen(power));
        }
        return new Multiple(values);
    }

    private static Certain certain(String plain, int power, Style style) {
        return new Certain(new BigDecimal(plain).scaleByPowerOfTen(power), style);
    }

    /** Whether these separators divide the digits into groups of three. */
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
